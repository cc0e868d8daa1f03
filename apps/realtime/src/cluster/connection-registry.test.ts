import { connectionRegistryContract } from './connection-registry.contract.ts'
import { memoryConnectionRegistry } from './memory-connection-registry.ts'
import { redisConnectionRegistry } from './redis-connection-registry.ts'
import { testRedis } from './testing/redis.ts'

const redis = testRedis()

connectionRegistryContract('memory', async (living) => memoryConnectionRegistry(living))
connectionRegistryContract('redis', async (living) => redisConnectionRegistry(redis.client(), living, redis.prefix()))
