import type { Context, Theme } from '../bridge.ts'

/** `Waggle('name', …)`: every command with its arguments. */
export interface Commands {
  boot(options?: { merchant?: string }): void
  identify(token: string): void
  setContext(context: Context): void
  open(): void
  close(): void
  showNewMessage(text?: string): void
  setLocale(locale: string): void
  setTheme(theme: Theme): void
  on(event: string, listener: (payload: unknown) => void): void
  logout(): void
}

type Call = ArrayLike<unknown>
export interface Global {
  (...args: unknown[]): void
  q?: Call[]
}

/**
 * Takes the place of the stub on the page and carries out what was called before.
 * @param report told about a command that does not exist or failed; never thrown into the merchant's page.
 */
export function install(target: { Waggle?: Global }, commands: Commands, report: (message: string) => void): void {
  const waiting = target.Waggle?.q ?? []
  const run = (...args: unknown[]) => {
    const [name, ...rest] = args
    if (typeof name !== 'string' || !Object.hasOwn(commands, name))
      return report(`Waggle: no command "${String(name)}"`)
    try {
      ;(commands[name as keyof Commands] as (...args: unknown[]) => void)(...rest)
    } catch (error) {
      report(`Waggle: ${name} failed: ${String(error)}`)
    }
  }
  target.Waggle = run
  for (const call of waiting) run(...Array.from(call))
}
