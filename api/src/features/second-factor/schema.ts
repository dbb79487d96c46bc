import { z } from '@hono/zod-openapi'

export const sessionCodeSchema = z
  .object({
    code: z.string('Saisissez le code de votre clé.').min(1, 'Saisissez le code de votre clé.').max(128),
  })
  .openapi('SessionCode')

export const enrolmentSchema = z
  .object({
    secret: z.string().openapi({ description: 'À recopier, pour qui ne peut pas scanner' }),
    uri: z.string(),
    qr: z.array(z.array(z.boolean())).openapi({ description: 'Lignes du QR code, vrai où il est sombre' }),
  })
  .openapi('SecondFactorEnrolment')

export const confirmationSchema = z
  .object({
    code: z.string().regex(/^\d{6}$/, 'Saisissez les six chiffres que le téléphone affiche.'),
    callBackNumber: z
      .string()
      .trim()
      .regex(/^\+?[\d .-]{6,24}$/, 'Donnez un numéro de téléphone, par exemple 05 00 00 00 00.'),
  })
  .openapi('SecondFactorConfirmation')

export const recoverySchema = z
  .object({
    calledBack: z.literal(true, 'Rappelez la personne à son numéro connu, puis confirmez-le.'),
    reason: z.string().trim().min(3, 'Écrivez le motif en quelques mots.').max(500),
  })
  .openapi('SecondFactorRecovery')
