import { compose } from './compose.ts'
import { configOf } from './config.ts'
import { readEnv, SettingsError } from './env.ts'

/** Starts one node. The line on stdout tells a supervising script which ports were taken. */
async function main(): Promise<void> {
  const node = await compose(configOf(readEnv()))
  const { port, rpcPort, metricsPort, nodeId } = node
  process.stdout.write(`${JSON.stringify({ event: 'ready', port, rpcPort, metricsPort, nodeId, pid: process.pid })}\n`)

  const end = (signal: string) => {
    node.stop(signal).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

main().catch((error) => {
  const sentence = error instanceof SettingsError ? error.message : String(error?.stack ?? error)
  process.stderr.write(`waggle realtime: ${sentence}\n`)
  process.exit(1)
})
