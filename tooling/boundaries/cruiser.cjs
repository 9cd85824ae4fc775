/** Fences of the direction of dependency (docs/map.md). The tests run them; a rule without a check erodes. */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'Rules import nothing but rules.',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/domain/src' },
    },
    {
      name: 'domain-order',
      comment:
        'shared < identity, calendar < access < the rest; the rest do not import each other, queue may use calendar.',
      severity: 'error',
      from: { path: '^packages/domain/src/(shared|identity|calendar|access)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/domain/src/(queue|intake|notifications|cabinet)/' },
    },
    {
      name: 'routers-are-tables-of-contents',
      comment: 'A router names who, what and which use case; it never touches the database.',
      severity: 'error',
      from: { path: '\\.router\\.ts$' },
      to: { path: '(drizzle-orm|packages/db|node_modules/postgres)' },
    },
    {
      name: 'contracts-know-no-database',
      severity: 'error',
      from: { path: '^packages/contracts' },
      to: { path: '(packages/db|drizzle-orm|apps/)' },
    },
    {
      name: 'front-ends-know-no-server',
      severity: 'error',
      from: { path: '^apps/(portal|admin)' },
      to: { path: '(^packages/db|^apps/api|drizzle-orm|node_modules/postgres)' },
    },
    {
      name: 'ui-knows-no-words',
      comment: 'Components take labels as props.',
      severity: 'error',
      from: { path: '^packages/ui' },
      to: { path: '^packages/(i18n|contracts|domain|api-client)' },
    },
    {
      name: 'product-never-imports-tooling',
      comment: 'Simulators and demo data are never part of the product.',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src', pathNot: '\\.(test|prove)\\.ts$' },
      to: { path: '^tooling/' },
    },
    {
      name: 'only-one-file-knows-lucia',
      severity: 'error',
      from: { pathNot: '^packages/auth/src/lucia' },
      to: { path: 'node_modules/lucia/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(apps|packages|tooling)/', pathNot: 'node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.svelte-kit|/build/|/dist/|\\.turbo)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'apps/api/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
