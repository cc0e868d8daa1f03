import { memorySuspensions } from './memory-suspensions.ts'
import { redisSuspensions } from './redis-suspensions.ts'
import { suspensionsContract } from './suspensions.contract.ts'
import { testRedis } from './testing/redis.ts'

const redis = testRedis()

suspensionsContract('memory', (now) => memorySuspensions(now))
suspensionsContract('redis', (now) => redisSuspensions(redis.client(), redis.prefix(), now))
