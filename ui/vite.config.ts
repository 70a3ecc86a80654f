import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The shipped bundle talks to Rust. Only the builds for tests (`web`, and vitest's `test`) get the recorded
// answers under tests/fake, so that they can never be in a package.
export default defineConfig(({ mode }) => {
  const recorded = mode === 'web' || mode === 'test';
  return {
    plugins: [svelte()],
    resolve: {
      alias: {
        $lib: here('./src/lib'),
        $components: here('./src/components'),
        '$command-layer': here(recorded ? './tests/fake/layer.ts' : './src/lib/command-layer.ts'),
      },
      ...(mode === 'test' ? { conditions: ['browser'] } : {}),
    },
    server: { port: 5173, strictPort: true },
    build: {
      outDir: mode === 'web' ? 'dist-web' : 'dist',
      target: 'es2022',
      // Fonts stay files: `data:` addresses would need a wider content security policy.
      assetsInlineLimit: 0,
    },
    // A test that needs a DOM says so in its first line. The limit is for busy machines; no test waits on purpose.
    test: { include: ['src/**/*.test.ts'], testTimeout: 20_000 },
  };
});
