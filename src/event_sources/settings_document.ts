import type { Answer, SenderRequest } from './event_source.ts'
import { jsonAnswer } from './json_answers.ts'

const CACHE_SECONDS = 120

/**
 * Settings that analytics.js and Segment's mobile libraries fetch at start. They point the library at the host it was
 * fetched from, so a page that loads its script here needs no other setting, and give it the retry rules we answer by.
 * More integrations than this one, or a tracking plan, would make analytics.js load further scripts.
 */
export function settingsDocument({ host, protocol }: SenderRequest, writeKey: string): Answer {
  const apiHost = `${host}/v1`
  const answer = jsonAnswer(200, {
    integrations: { 'Segment.io': { apiKey: writeKey, apiHost, protocol, httpConfig: HTTP_CONFIG } },
    edgeFunction: {},
    middlewareSettings: {},
    enabledMiddleware: {},
    remotePlugins: [],
    metrics: { sampleRate: 0, host: apiHost },
  })
  return { ...answer, headers: { ...answer.headers, 'cache-control': `public, max-age=${CACHE_SECONDS}` } }
}

// Durations in seconds. Its mere presence makes the Swift library obey Retry-After, back off, and drop what gets a 4xx.
const HTTP_CONFIG = {
  rateLimitConfig: { enabled: true, maxRetryCount: 100, maxRetryInterval: 300, maxRateLimitDuration: 43_200 },
  backoffConfig: {
    enabled: true,
    maxRetryCount: 100,
    baseBackoffInterval: 0.5,
    maxBackoffInterval: 300,
    maxTotalBackoffDuration: 43_200,
    jitterPercent: 10,
    default4xxBehavior: 'drop',
    default5xxBehavior: 'retry',
    statusCodeOverrides: {
      '408': 'retry',
      '410': 'retry',
      '429': 'retry',
      '460': 'retry',
      '501': 'drop',
      '505': 'drop',
    },
  },
}
