/** The settings that the web server reads; `.env.example` explains them. Checked by the script that starts it. */
export const env = {
  /** Where this server reaches the realtime service. */
  get realtimeInternalUrl(): string {
    return process.env.REALTIME_INTERNAL_URL || 'http://127.0.0.1:3001'
  },
  /** Where browsers reach it. */
  get realtimePublicUrl(): string {
    return process.env.REALTIME_PUBLIC_URL || 'http://localhost:3001'
  },
  get webPublicUrl(): string {
    return process.env.WEB_PUBLIC_URL || 'http://localhost:3000'
  },
}
