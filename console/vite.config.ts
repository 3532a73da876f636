import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Where `npm run dev` finds a running server.
const server = process.env['BACKBEAT_URL'] ?? 'http://127.0.0.1:8700'

export default defineConfig({
  base: '/',
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': server } },
  build: { outDir: 'dist', target: 'es2023', reportCompressedSize: false },
})
