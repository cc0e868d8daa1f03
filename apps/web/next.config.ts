import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@waggle/shared', '@waggle/client'],
  experimental: {
    // A file of the largest size that the API takes, and the form around it.
    proxyClientMaxBodySize: '11mb',
    // Milliseconds. Reading the event feed may wait for 50 s.
    proxyTimeout: 70_000,
  },
  // Types and style are checked for the whole repository at once.
  typescript: { tsconfigPath: './tsconfig.json' },
}

export default createNextIntlPlugin('./i18n/request.ts')(config)
