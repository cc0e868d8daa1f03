import { createServer } from 'node:http'
import { createBusiness, type Presence, type SocketBusiness } from '@waggle/business'
import { createDatabase } from '@waggle/database'
import { Server } from 'socket.io'
