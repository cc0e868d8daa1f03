import { connect } from 'node:net'
import { WaggleError } from '@waggle/shared'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../listen.ts'
import type { NodeInfo } from './node-leases.ts'
import type { Call } from './remote-business.ts'
import { RpcClient } from './rpc-client.ts'
import { createRpcServer } from './rpc-server.ts'

const SECRET = 'the secret of this cluster, 32 bytes'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: Call, onError: (what: string) => void = () => {}): Promise<NodeInfo> {
  const { server, closeConnections } = createRpcServer(SECRET, answer, onError)
  const port = await listen(server, 0, '127.0.0.1')
  closing.push(() => {
    closeConnections()
    server.close()
  })
  return { nodeId: `n${port}`, roles: ['dispatcher'], rpc: `127.0.0.1:${port}`, startedAt: '' }
}

function client(nodes: NodeInfo[], secret = SECRET): RpcClient {
  const made = new RpcClient(secret, () => nodes)
  closing.push(() => made.close())
  return made
}

test('calls are answered in any order and keep their arguments', async () => {
  const node = await serve(async (method, params) => {
    if (method === 'slow') await new Promise((resolve) => setTimeout(resolve, 20))
    return { method, params }
  })
  const rpc = client([node])
  const [slow, fast] = await Promise.all([rpc.call('slow', ['一', { a: '\n' }]), rpc.call('fast', [null])])
  expect(slow).toEqual({ method: 'slow', params: ['一', { a: '\n' }] })
  expect(fast).toEqual({ method: 'fast', params: [null] })
})

test('errors keep code and field; unexpected ones tell nothing', async () => {
  const seen: string[] = []
  const node = await serve(
    async (method) => {
      if (method === 'known') throw new WaggleError('conflict', 'Taken by Ling', { field: 'x' })
      throw new TypeError('secret detail')
    },
    (what) => seen.push(what),
  )
  const rpc = client([node])
  await expect(rpc.call('known', [])).rejects.toMatchObject({ code: 'conflict', message: 'Taken by Ling', field: 'x' })
  const failure = rpc.call('unknown', [])
  await expect(failure).rejects.toMatchObject({ code: 'internal' })
  await expect(failure).rejects.not.toThrow('secret detail')
  expect(seen).toEqual(['rpc unknown'])
})

test('a caller without the secret gets no answer', async () => {
  const node = await serve(async () => 'never')
  await expect(client([node], 'another secret').call('x', [])).rejects.toMatchObject({ code: 'unavailable' })
})

test('bytes that are not ours end that connection and nothing else', async () => {
  const node = await serve(async () => 'still here')
  const port = Number(node.rpc?.split(':').at(-1))
  const stranger = connect(port, '127.0.0.1', () => stranger.write('GET / HTTP/1.1\r\n\r\n'))
  await new Promise((resolve) => stranger.on('close', resolve))
  expect(await client([node]).call('x', [])).toBe('still here')
})

test('a dispatcher that is gone: pending calls fail as unavailable, the next go to the other one', async () => {
  let end = () => {}
  const first = await serve(() => new Promise(() => {}))
  end = closing.pop() ?? end
  const second = await serve(async () => 'second')
  const nodes = [first]
  const rpc = client(nodes)
  const pending = rpc.call('x', [])
  pending.catch(() => {})
  end()
  await expect(pending).rejects.toMatchObject({ code: 'unavailable' })
  nodes.splice(0, 1, second)
  expect(await rpc.call('x', [])).toBe('second')
})

test('without a dispatcher a call is refused', async () => {
  await expect(client([]).call('x', [])).rejects.toMatchObject({ code: 'unavailable' })
})
