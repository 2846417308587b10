/**
 * Programs that people run most through runners of packages, for `Grammar.plainRuns`: behind those names a line may need no
 * judge, if the tables have nothing to say of it. Names alone; what is said of the programs stands with them.
 */

const names = (text: string): readonly string[] => text.split(/\s+/);

/** Of npm's packages. */
export const NODE_PROGRAMS = names(
  `tsc eslint prettier vitest jest mocha playwright cypress vite next nuxt astro webpack rollup esbuild tsup biome oxlint knip
  madge depcheck husky lint-staged commitlint stylelint tailwindcss postcss sass svelte-check vue-tsc typedoc storybook serve
  http-server json-server graphql-codegen c8 nyc ava tap nx turbo lerna ng sort-package-json npm-check-updates ncu
  publint attw size-limit markdownlint cspell which`,
);

/** Of Python's. */
export const PYTHON_PROGRAMS = names(
  'pytest ruff mypy black isort flake8 pylint pyright coverage tox nox uvicorn gunicorn jupyter pre-commit mkdocs sphinx-build',
);

/** Of Ruby's. */
export const RUBY_PROGRAMS = names('rspec rubocop puma jekyll sorbet srb standardrb erblint reek brakeman');
