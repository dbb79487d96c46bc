import { AUTH_PROTOCOLS, PRIV_PROTOCOLS, type SnmpDevice } from '@vigie/collectors'
import { z } from 'zod'
import { path } from '../source-fields.ts'
import { readSecret } from '../source-files.ts'

const v3 = z.strictObject({
  user: z.string().min(1),
  authProtocol: z
    .enum(AUTH_PROTOCOLS, { error: `authProtocol : attendu ${AUTH_PROTOCOLS.join(', ')}` })
    .default('sha256'),
  authKeyFile: path,
  privProtocol: z
    .enum(PRIV_PROTOCOLS, { error: `privProtocol : attendu ${PRIV_PROTOCOLS.join(', ')}` })
    .default('aes'),
  privKeyFile: path,
})

/** Fields of a device read by SNMP. */
export const snmpFields = {
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(161),
  v3: v3.optional(),
  v2c: z.strictObject({ communityFile: path }).optional(),
}

/** An OID without its leading dot. */
export const oidField = z
  .string()
  .regex(/^[0-2](\.\d+){2,}$/, 'attendu un OID en chiffres, par exemple 1.3.6.1.2.1.2.2.1.7')

/** In: a description. Out: true when it names one way in. */
export const hasOneAccess = (device: { v3?: unknown; v2c?: unknown }): boolean =>
  (device.v3 === undefined) !== (device.v2c === undefined)

export const ONE_ACCESS = 'attendu « v3 » (préféré) ou « v2c », et un seul des deux'

type Described = z.output<z.ZodObject<typeof snmpFields>>

/** In: a checked device. Out: the same, its secrets read. Errors: `invalid_input`. */
export async function snmpDeviceOf(
  { host, port, v3: account, v2c }: Described,
  directory: string,
): Promise<SnmpDevice> {
  if (account) {
    return {
      host,
      port,
      access: {
        version: 'v3',
        user: account.user,
        authProtocol: account.authProtocol,
        authKey: await readSecret(directory, account.authKeyFile),
        privProtocol: account.privProtocol,
        privKey: await readSecret(directory, account.privKeyFile),
      },
    }
  }
  const community = v2c ? await readSecret(directory, v2c.communityFile) : ''
  return { host, port, access: { version: 'v2c', community } }
}
