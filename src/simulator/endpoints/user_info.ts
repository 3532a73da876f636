import { accepted } from '../answer.ts'
import type { Endpoint } from './endpoint.ts'

/** `GET /user/info/`: who gave the token. Every token here is the same person's. Source: API reference, "Get user info". */
export const userInfo: Endpoint = () =>
  accepted({
    core_user_id: '7000000000000000401',
    display_name: 'Simulator user',
    email: 's***@example.com',
    create_time: 1735689600,
    avatar_url: 'https://simulator.example.com/avatar/7000000000000000401',
  })
