/** Names of what tools make again by themselves: build output, caches, installed packages. Knows no command. */

const folders = new Set(
  `node_modules bower_components dist build out target .next .nuxt .output .svelte-kit .turbo .parcel-cache .cache
  .vite coverage .nyc_output htmlcov __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .venv venv .eggs
  .gradle .terraform obj DerivedData .dart_tool Pods cmake-build-debug cmake-build-release CMakeFiles .angular
  .serverless .docusaurus _build .eslintcache .DS_Store tmp storybook-static .coverage`.split(/\s+/),
);
const endings = /(\.egg-info|\.(py[co]|o|obj|a|so|class|log|tmp|temp|swp|swo|gcda|gcno|tsbuildinfo|dSYM)|~)$/;

/** True where any folder of the path, or its name, is one that tools make again. */
export function isGenerated(path: string): boolean {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return false;
  return parts.some(part => folders.has(part)) || endings.test(parts.at(-1)!);
}
