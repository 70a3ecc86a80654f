import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './foundations/tokens.css';
import './foundations/base.css';
import { mount } from 'svelte';
import { tellLanguage } from '$lib/console-settings';
import { language } from '$lib/language.svelte';
import { theme } from '$lib/theme.svelte';
import App from './app/App.svelte';

await language.start();
// That Rust speaks another language meanwhile is no reason to show nothing.
void tellLanguage(language.shown).catch(() => undefined);
theme.start();

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app"');
mount(App, { target });
