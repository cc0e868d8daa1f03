export interface Config {
  merchantKey: string
  name: string
  /** `#rrggbb`. */
  color: string
  greeting: string
}

/** What the frame's page was served with. */
export function readConfig(root: HTMLElement): Config {
  return JSON.parse(root.dataset.config ?? '{}') as Config
}
