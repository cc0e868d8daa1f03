import { render } from 'preact'
import { App } from './app.tsx'
import { readConfig } from './config.ts'
import { textOn } from './contrast.ts'
import './app.css'
import './log.css'
import './composer.css'

const root = document.getElementById('app')
if (root) {
  const config = readConfig(root)
  const { style } = document.documentElement
  style.setProperty('--accent', config.color)
  style.setProperty('--on-accent', textOn(config.color))
  render(<App config={config} />, root)
}
