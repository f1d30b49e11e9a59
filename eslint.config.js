import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const testFiles = [
  'packages/*/test/**/*.{ts,tsx}',
  'scripts/test/*.ts',
  'trials/test/*.ts',
  'packages/*/test-d/**/*.{ts,tsx}',
  'packages/*/bench/**/*.ts',
  'examples/*/test/**/*.ts',
  'benchmarks/test/*.ts',
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', '**/node_modules/', 'docs/api/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // `import { type T }` alone would leave an import of the whole file behind, and hide a cycle.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers read well inside a template and cannot come out as '[object Object]'.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => this.#stop()` is how a void callback is written here.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An empty string often stands for nothing: `name || 'anonymous'`.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A handler or recipe that may return something or nothing is `T | void`; TypeScript has no other word for it.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A getter on the prototype brands a class at no cost per object; a readonly field is one slot in each.
      '@typescript-eslint/class-literal-property-style': 'off',
      // It wants `value!` where no-non-null-assertion forbids it.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      // On the path of every message an index costs less than an iterator,
      '@typescript-eslint/prefer-for-of': 'off',
      // and `=== true` compares one word, where the truth of a field is a chain of questions to the compiler.
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
    },
  },
  {
    files: ['packages/react/**/*.{ts,tsx}', 'examples/wallboard/react/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    // It draws a model that changes in place, which those of its rules that are for React's compiler know nothing of.
    files: ['packages/inspector/page/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (reactHooks)) },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: testFiles,
    rules: {
      // A test's element that is missing is a failing test, and says so itself.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Handlers that do nothing, and async ones that await nothing, are what many tests are about.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
      // A handler that throws a string or rejects with undefined is a case to cover.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // jest types its matchers (`expect.stringContaining('x')`) and the calls of a mock as any.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // `expect(spy.method)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    // What stands behind @ts-expect-error has no type to speak of.
    files: ['packages/*/test-d/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['packages/angular/test/**/*.ts'],
    rules: {
      // A module of Angular is a class with nothing but its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Angular's injectors implement the class `Injector`, and are no instances of it.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // Examples print: that is what they are for.
    files: ['examples/**/*.ts', 'packages/*/test/readme/*.ts', 'scripts/packed-angular/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Compiled against the packed packages, which a lint run does not have.
    files: ['scripts/packed-{consumer,angular,types}/**/*.{ts,tsx}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
);
