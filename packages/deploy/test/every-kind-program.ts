import { deployTo } from '../src/index.js'
import { address } from './arm-stub/service.js'
import { everyKind } from './every-kind.js'

/** A program that deploys every kind to the endpoint that it is given, for tests that kill it. */
void deployTo({ ...address, endpoint: process.argv[2], environment: {} }).apply(everyKind())
