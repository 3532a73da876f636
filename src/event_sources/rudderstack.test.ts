import { testSender } from '../../test/sender_suite.ts'
import { rudderstack } from './rudderstack.ts'

testSender(rudderstack)
