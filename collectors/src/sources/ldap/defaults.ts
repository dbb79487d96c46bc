/**
 * Attributes of private life: birth, telephone, address, family, image, aid (INF-ANN-8), as the national ENT schema, supann,
 * SCHAC, inetOrgPerson and Active Directory name them.
 */
export const PRIVATE_ATTRIBUTES: readonly string[] = [
  ...['ENTPersonDateNaissance', 'ENTPersonAdresse', 'ENTPersonCodePostal', 'ENTPersonVille', 'ENTPersonPays'],
  ...['ENTPersonMailPerso', 'ENTPersonTelPerso', 'ENTEleveINE', 'ENTEleveBoursier', 'ENTEleveRegime'],
  ...['ENTEleveTransport', 'ENTEleveParents', 'ENTElevePere', 'ENTEleveMere', 'ENTEleveAutoriteParentale'],
  ...['ENTElevePersRelEleve1', 'ENTEleveQualitePersRelEleve1', 'ENTElevePersRelEleve2'],
  ...['supannOIDCDateDeNaissance', 'supannMailPerso', 'supannAutreTelephone', 'supannCodeINE'],
  ...['schacDateOfBirth', 'schacPlaceOfBirth', 'schacPersonalUniqueID', 'schacGender'],
  ...['homePhone', 'mobile', 'pager', 'telephoneNumber', 'homePostalAddress', 'postalAddress', 'street'],
  ...['streetAddress', 'postalCode', 'jpegPhoto', 'photo', 'thumbnailPhoto'],
]

const SHARED_NAMES = [
  ...['eleve', 'eleves', 'prof', 'profs', 'professeur', 'enseignant', 'salle', 'classe', 'cdi', 'poste'],
  ...['invite', 'visiteur', 'stagiaire', 'remplacant', 'test', 'formation', 'generique', 'commun'],
  ...['partage', 'concours', 'examen', 'borne', 'kiosque', 'technologie', 'guest', 'user'],
]
const NUMBERED = Array.from({ length: 10 }, (_, digit) => `${digit}*`)

/** Logins that name a place or a function rather than a person: bare, numbered, or followed by a dash. */
export const SHARED_LOGINS: readonly string[] = SHARED_NAMES.flatMap((name) => [
  name,
  ...['-*', '_*', ...NUMBERED].map((end) => name + end),
])

/** Attributes by which mail leaves a box for another. */
export const FORWARDING_ATTRIBUTES: readonly string[] = [
  ...['mailForwardingAddress', 'mailRoutingAddress', 'maildrop', 'mgrpRFC822MailMember'],
  ...['zimbraMailForwardingAddress', 'zimbraPrefMailForwardingAddress', 'msExchGenericForwardingAddress'],
]

export const STUDENTS_FILTER =
  '(|(objectClass=ENTEleve)(ENTPersonProfils=National_1)(ENTPersonProfils=National_ELV)(eduPersonAffiliation=student)(employeeType=eleve))'
export const STAFF_FILTER =
  '(|(objectClass=ENTAuxEnseignant)(objectClass=ENTAuxNonEnsEtab)(ENTPersonProfils=National_3)(ENTPersonProfils=National_4)(ENTPersonProfils=National_5)(ENTPersonProfils=National_6)(eduPersonAffiliation=teacher)(eduPersonAffiliation=employee)(eduPersonAffiliation=staff)(employeeType=enseignant)(employeeType=personnel))'
