const sampleCatalog = {
  catalog: {
    uuid: '3f0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10',
    metadata: { title: 'Essai', version: '1' },
    controls: [{ id: 'm-1', title: 'Une mesure' }],
  },
}

/** Tells of a case what nobody has ever seen. */
const seen = '0'.repeat(64)

/** A body that each route accepts in form; a route that takes JSON and is not here fails the suite. */
export const sampleBodies = (uai: string): Readonly<Record<string, unknown>> => ({
  'POST /v1/sessions': { login: 'personne', password: 'phrase qui ne convient pas' },
  'POST /v1/accounts': {
    login: 'nouvelle.personne',
    displayName: 'Nouvelle Personne',
    password: 'phrase longue des essais',
    grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } }],
  },
  'PUT /v1/accounts/{account}/password': { password: 'autre phrase longue' },
  'POST /v1/accounts/{account}/grants': { role: 'rssi', perimeter: { kind: 'academie', code: '98' } },
  'POST /v1/tokens': {
    name: 'Jeton',
    scope: 'conformity:read',
    perimeter: { kind: 'academie', code: '98' },
    expiresInDays: 10,
  },
  'POST /v1/frameworks': { id: 'essai', academie: '98', catalog: sampleCatalog },
  'PUT /v1/frameworks/{framework}/controls/{control}/requirements': { requirements: ['INF-AUT-6'] },
  'POST /v1/collector-accounts': { uai },
  'PUT /v1/etablissements/{uai}/declarations/{requirement}': {
    verdict: 'compliant',
    comment: 'Vérifié sur place avec le référent.',
  },
  'PUT /v1/etablissements/{uai}/arbitrations/{requirement}': {
    verdict: 'partial',
    reason: 'Observation faite sur un poste de prêt.',
    expiresAt: '2027-06-30T00:00:00Z',
    seen,
  },
  'POST /v1/etablissements/{uai}/questionnaire': { withOptional: false },
  'PUT /v1/etablissements/{uai}/questionnaire/replies/{requirement}': {
    reply: 'partial',
    comment: 'Sur les postes de la direction seulement.',
  },
  'POST /v1/etablissements/{uai}/derogations': {
    requirement: 'INF-PDT-7',
    justification: 'Le matériel en place ne le permet pas avant son renouvellement.',
    expiresAt: '2027-06-30T00:00:00Z',
  },
  'POST /v1/etablissements/{uai}/derogations/{id}/approval': { seen },
  'POST /v1/etablissements/{uai}/derogations/{id}/refusal': { reason: 'Le matériel a été remplacé.', seen },
  'POST /v1/etablissements/{uai}/disputes': {
    requirement: 'INF-PDT-7',
    kind: 'not_applicable',
    reason: 'Aucun poste n’est confié aux élèves dans cette école.',
  },
  'POST /v1/disputes/{id}/decision': {
    decision: 'accepted',
    reason: 'Constaté lors de la visite.',
    expiresAt: '2027-06-30T00:00:00Z',
    seen,
  },
  'POST /v1/review/decisions': {
    kind: 'contradiction',
    cases: ['0990001A.MCO-SVG-1'],
    outcome: 'observed',
    reason: 'Constaté lors de la visite.',
    expiresAt: '2027-06-30T00:00:00Z',
    seen,
  },
  'POST /v1/review/reminders': { declarations: ['00000000-0000-4000-8000-000000000000'] },
  'PATCH /v1/etablissements/{uai}/parc/{machineId}': { retired: true },
  'POST /v1/etablissements/{uai}/targets': {
    module: 'http',
    address: 'https://www.college.exemple.fr/',
    label: 'Site du collège',
    service: 'UTI-PUB',
    machineId: null,
  },
  'PATCH /v1/etablissements/{uai}/targets/{targetId}': { enabled: false },
  'PUT /v1/alert-thresholds/{academie}/{alert}': { value: 25 },
  'POST /v1/sessions/code': { code: '123456' },
  'POST /v1/me/software-key/activation': { code: '123456', callBackNumber: '05 00 00 00 00' },
  'POST /v1/accounts/{account}/second-factor/recovery': { calledBack: true, reason: 'Téléphone perdu' },
  'POST /v1/otp/verifications': { login: 'personne', pin: '4071', code: '123456', source: '192.0.2.1' },
  'POST /v1/otp/radius': { 'User-Name': { value: ['personne'] }, 'User-Password': { value: ['4071123456'] } },
  'POST /v1/deployment/recipients': { mail: 'suivi@exemple.fr' },
  'POST /v1/deployment/mails/{mailId}/settlement': { decision: 'close' },
  'POST /v1/keys/{serial}/bindings': { holderId: '00000000-0000-4000-8000-000000000000' },
  'POST /v1/keys/{serial}/transitions': { transition: 'pause', reason: 'Absence de la personne' },
  'POST /v1/keys/{serial}/restitution': { reason: 'Départ de la personne' },
  'POST /v1/keys/restitutions': { serials: ['SERIE-0001'] },
  'POST /v1/keys/{serial}/hand-over': { identityChecked: true },
  'DELETE /v1/keys/{serial}/hand-over': { reason: 'Remise ouverte par erreur' },
  'POST /v1/keys/{serial}/hand-over/pin': { pin: '2580' },
  'POST /v1/keys/{serial}/hand-over/activation': { pin: '2580', code: '755224' },
  'POST /v1/keys/{serial}/hand-over/resynchronisation': { codes: ['755224', '287082'] },
  'POST /v1/holders': {
    function: 'enseignant',
    login: 'nouveau.porteur',
    displayName: 'Nouveau Porteur',
    uai,
  },
  'PATCH /v1/holders/{id}': { displayName: 'Autre Porteur' },
  'POST /v1/procedures': { kind: 'departure', holderId: '00000000-0000-4000-8000-000000000000' },
  'POST /v1/procedures/{id}/steps': { step: 'rights_given' },
  'DELETE /v1/procedures/{id}': { reason: 'Retour plus tôt que prévu.' },
  'POST /v1/hand-over-sessions': { heldOn: '2027-08-20', startsAt: '09:30', place: 'Rectorat, salle 2' },
  'POST /v1/hand-over-sessions/{id}/guests': { procedureIds: ['00000000-0000-4000-8000-000000000000'] },
  'POST /v1/holders/{id}/assistance': { action: 'unlock', calledBack: true },
  'POST /v1/holders/{id}/pin': { identityChecked: true, code: '123456', pin: '4071' },
  'POST /v1/me/key/pin': { code: '123456', pin: '4071' },
  'POST /v1/me/key/resynchronisation': { codes: ['123456', '654321'] },
  'POST /v1/me/key/loss': { kind: 'lost', reason: 'Perdue dans les transports.' },
  'PUT /v1/stock/thresholds/{departement}': { minimum: 20 },
  'POST /v1/shipments': { departement: '991', count: 3, comment: 'Dotation de rentrée.' },
  'POST /v1/connectors': { kind: 'webhook', name: 'Tickets', url: 'https://tickets.exemple.fr/vigie' },
  'PATCH /v1/connectors/{id}': { enabled: false },
  'POST /v1/alerts': {
    version: '4',
    truncatedAlerts: 0,
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'EtablissementServiceDown', severity: 'critical', uai },
        annotations: { summary: 'Un service ne répond plus' },
        startsAt: '2026-11-16T08:00:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.exemple.fr/graph',
        fingerprint: '1368d3758b8d19db',
      },
    ],
  },
  'POST /v1/incidents': {
    origin: 'request',
    uai,
    title: 'Vidéoprojecteur en panne',
    description: 'La salle 12 n’a plus d’image depuis ce matin.',
  },
  'PATCH /v1/incidents/{id}': { severity: 'critical' },
  'POST /v1/incidents/{id}/assignment': { accountId: null },
  'POST /v1/incidents/{id}/comments': { comment: 'Le câble a été changé.' },
  'POST /v1/incidents/{id}/resolution': { comment: 'Le câble a été changé.' },
  'POST /v1/incidents/{id}/reopening': { comment: 'L’image a de nouveau disparu.' },
  'POST /v1/incident-recipients': { mail: 'astreinte@exemple.fr', severity: 'warning' },
  'POST /v1/campaigns': {
    name: 'Audit de rentrée',
    purpose: 'Vérifier les sauvegardes avant l’hiver.',
    startsOn: '2026-11-16',
    endsOn: '2027-06-30',
    perimeter: { kind: 'academie', code: '98' },
    services: ['MCO-SVG'],
  },
  'PATCH /v1/campaigns/{id}': { endsOn: '2027-06-30' },
  'POST /v1/campaigns/{id}/closing': { confirmed: true },
  'PUT /v1/campaigns/{id}/etablissements/{uai}': { visitOn: '2026-12-01' },
  'PUT /v1/campaigns/{id}/assignments': { uais: [uai], visitOn: '2026-12-01' },
  'POST /v1/collect/backups': {
    uai,
    repository: 'serveur',
    framework: 'essai',
    control: 'm-1',
    tool: 'generic',
    collectedAt: '2026-11-16T06:00:00Z',
    covers: ['servers'],
    plannedIntervalHours: 24,
    keptInFullDays: 7,
    remote: true,
    transport: 'ssh',
    documents: { runs: [{ at: '2026-11-16T01:00:00Z', success: true }], versions: 7, encrypted: true },
  },
  'POST /v1/collect/restore-tests': {
    payload: `vigie restore-test 1\nuai=${uai}\nkey=${uai}:00000000000000000000\nat=2026-11-16T08:00:00Z\nby=Tâche de vérification\nwhat=Dossier d’essai\nresult=success\n`,
    signature: 'A'.repeat(86),
  },
  'POST /v1/etablissements/{uai}/restore-tests': {
    performedAt: '2026-11-16T08:00:00Z',
    performedBy: 'Référent numérique',
    restored: 'Dossier d’essai, 12 fichiers comparés',
    result: 'success',
  },
  'POST /v1/etablissements/{uai}/signing-keys': {
    label: 'Serveur de sauvegarde',
    publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  'POST /v1/etablissements/{uai}/visits': { campaignId: null, visitedOn: '2026-11-16' },
  'PATCH /v1/visits/{id}': { note: 'Reçu par le référent.' },
  'POST /v1/visits/{id}/answers': {
    answers: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        requirement: 'MCO-SVG-1',
        verdict: 'compliant',
        comment: 'Vu au rapport du jour.',
        answeredAt: '2026-11-16T08:30:00Z',
        basedOn: null,
      },
    ],
  },
  'POST /v1/visits/{id}/reopening': { reason: 'Close avant la fin, par erreur.' },
  'POST /v1/visits/{id}/conflicts/{answerId}': {
    keep: 'incoming',
    against: '00000000-0000-4000-8000-000000000001',
  },
  'POST /v1/etablissements/{uai}/findings': {
    requirement: 'MCO-SVG-1',
    nature: 'A',
    description: 'Le disque de sauvegarde reste branché.',
    dueOn: '2026-12-15',
  },
  'PATCH /v1/findings/{id}': { state: 'done', comment: 'Disque rangé au coffre.' },
  'POST /v1/findings/{id}/proofs': { proofIds: ['00000000-0000-4000-8000-000000000000'] },
  'POST /v1/log-sources': {
    uai,
    label: 'Serveur pédagogique',
    certificateName: 'serveur.college.exemple.fr',
  },
  'PATCH /v1/log-sources/{id}': { label: 'Serveur du CDI' },
  'PUT /v1/log-retention-ranges/{academie}': { shortestDays: 180, longestDays: 365 },
  'POST /v1/collect/log-stores': {
    stores: [
      {
        source: '00000000-0000-4000-8000-000000000000',
        oldestAt: '2026-03-01T00:00:00Z',
        newestAt: '2026-11-16T08:00:00Z',
        bytes: 1_000_000,
      },
    ],
  },
  'POST /v1/collect/evidence': {
    source: 'essai',
    observations: [{ uai, key: 'backup.last_success_age', value: 3_600, observedAt: '2026-11-16T08:00:00Z' }],
  },
})

/** Query without which a route is not asked anything. */
export const SAMPLE_QUERIES: Readonly<Record<string, string>> = {
  'GET /v1/assistance': '?q=essai',
  'GET /v1/campaign-comparison':
    '?left=00000000-0000-4000-8000-000000000000:opening&right=00000000-0000-4000-8000-000000000000:closing',
}

/** Values of path parameters that are well formed; ids name nothing. */
export const sampleParams = (uai: string): Readonly<Record<string, string>> => ({
  uai,
  requirement: 'INF-AUT-13',
  academie: '98',
  alert: 'OtpBruteForce',
  kind: 'contradiction',
  case: '0990001A.MCO-SVG-1',
  id: '00000000-0000-4000-8000-000000000000',
  holder: '00000000-0000-4000-8000-000000000000',
  machineId: '00000000-0000-4000-8000-000000000000',
  targetId: '00000000-0000-4000-8000-000000000000',
  account: '00000000-0000-4000-8000-000000000000',
  grant: '00000000-0000-4000-8000-000000000000',
  token: '00000000-0000-4000-8000-000000000000',
  departement: '991',
  serial: 'SERIE-0001',
  phase: 'opening',
  answerId: '00000000-0000-4000-8000-000000000000',
  scanId: '00000000-0000-4000-8000-000000000000',
  mailId: '00000000-0000-4000-8000-000000000000',
  mail: 'suivi@exemple.fr',
  deliveryId: '00000000-0000-4000-8000-000000000000',
  repository: 'serveur',
  framework: 'essai',
  control: 'm-1',
  key: `${uai}:00000000000000000000`,
})

export const fillPath = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`no sample for the parameter ${name} of ${path}`)
    return encodeURIComponent(value)
  })
