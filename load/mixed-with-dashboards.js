import exec from 'k6/execution'
import http from 'k6/http'
import { Rate } from 'k6/metrics'
import { signIn, UNDER_ATTACK } from './legitimate.js'
import { READER_TOKEN, SECONDS, TARGET } from './target.js'

const PAGES = [
  '/v1/overview',
  '/v1/etablissements',
  '/v1/overview?departement=991',
  '/v1/etablissements?pageSize=200',
]

const failed = new Rate('dashboard_failed')

/** Holders sign in while others read the dashboards, which are dear to compute. */
export const options = {
  scenarios: {
    dashboards: {
      executor: 'constant-vus',
      exec: 'dashboard',
      vus: 2,
      duration: `${SECONDS}s`,
    },
    holders: {
      executor: 'constant-arrival-rate',
      exec: 'holder',
      rate: 25,
      duration: `${SECONDS}s`,
      preAllocatedVUs: 40,
    },
  },
  thresholds: {
    ...UNDER_ATTACK,
    dashboard_failed: ['rate==0'],
    'http_req_duration{traffic:dashboard}': ['p(95)<2000'],
    'http_reqs{traffic:dashboard}': ['count>10'],
  },
}

export function dashboard() {
  const page = PAGES[exec.vu.iterationInScenario % PAGES.length]
  const answer = http.get(`${TARGET}${page}`, {
    headers: { Authorization: `Bearer ${READER_TOKEN}` },
    tags: { traffic: 'dashboard', name: page },
  })
  failed.add(answer.status !== 200)
}

export const holder = signIn
