const apart = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

/** Who may import whom; `npm run check:imports`. A test plants a violation and sees it reported. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: '/generated/' }, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'A rule about a module that is not found would pass everything.',
      from: { path: '^(apps|packages|bench|faults|prisma|playwright|tests)/' },
      to: { couldNotResolve: true, pathNot: '^(bun:|next/|node:)' },
    },
    apart('shared-is-a-leaf', '^packages/shared/', '^(apps/|packages/(?!shared/))', 'Everybody imports it.'),
    apart('moderation-is-a-leaf', '^packages/moderation/', '^(apps/|packages/(?!moderation/))', 'It is pure.'),
    {
      name: 'business-knows-no-infrastructure',
      severity: 'error',
      comment: 'It says what it needs in ports.ts.',
      from: { path: '^packages/business/' },
      to: {
        path: '^apps/|^packages/(database|client)/|node_modules/(@prisma|pg|ioredis|socket\\.io|fastify|next|react|sharp)',
      },
    },
    {
      name: 'only-database-touches-prisma',
      severity: 'error',
      from: { path: '^(apps|packages|bench|faults)/', pathNot: '^packages/database/' },
      to: { path: 'node_modules/(@prisma/|prisma/|pg/)|packages/database/src/generated' },
    },
    {
      name: 'only-compose-wires',
      severity: 'error',
      comment: 'The parts of a node meet in compose.ts.',
      from: { path: '^apps/realtime/src/', pathNot: '^apps/realtime/src/compose\\.ts$' },
      to: { path: '^packages/database/' },
    },
    apart('worker-and-dispatcher-apart', '^apps/realtime/src/worker/', '^apps/realtime/src/dispatcher/', 'Roles.'),
    apart('dispatcher-and-worker-apart', '^apps/realtime/src/dispatcher/', '^apps/realtime/src/worker/', 'Roles.'),
    {
      name: 'features-apart',
      severity: 'error',
      comment: 'Pages and components put features together.',
      from: { path: '^apps/web/features/([^/]+)/' },
      to: { path: '^apps/web/features/', pathNot: '^apps/web/features/$1/' },
    },
    {
      name: 'browser-has-no-server',
      severity: 'error',
      from: { path: '^(apps/web|packages/client)/' },
      to: { path: '^packages/(business|database|moderation)/|^apps/realtime/' },
    },
    {
      name: 'apps-are-not-imported',
      severity: 'error',
      from: { path: '^(packages|prisma|bench|faults)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '(\\.test\\.tsx?|\\.contract\\.ts)$|/testing/' },
      to: { path: '(\\.test\\.tsx?|\\.contract\\.ts)$|/testing/|^tests/|^playwright/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.next|public)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
