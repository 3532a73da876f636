import { testSender } from '../../test/sender_suite.ts'
import { segment } from './segment.ts'

testSender(segment)
