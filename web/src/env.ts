import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({
  VIGIE_API_URL: {
    description: 'Address of the API, without a trailing slash.',
    schema: (value: string | undefined) => (value || 'http://127.0.0.1:3000').replace(/\/+$/, ''),
  },
  VIGIE_INSTANCE_NAME: {
    description: 'Name of the académie, as shown in the header.',
    schema: (value: string | undefined) => value || 'Académie de démonstration',
  },
})
