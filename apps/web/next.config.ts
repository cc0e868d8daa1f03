import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@waggle/shared', '@waggle/client'],
  // Types and style are checked for the whole repository at once.
  typescript: { tsconfigPath: './tsconfig.json' },
}

export default createNextIntlPlugin('./i18n/request.ts')(config)
