import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import './app/appearance.svelte.ts'
import { useKeptLocale } from './app/kept-locale.ts'
import App from './App.svelte'

const target = document.getElementById('app')
if (target === null) throw new Error('the page has an element with the id app')
useKeptLocale()
mount(App, { target })
