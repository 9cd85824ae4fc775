export { axe, axeReport, type AxeOptions, type AxeReport } from './axe.ts';
export { checkLanguages, type LanguageOptions } from './languages.ts';
export { launchBrowser, type LaunchOptions } from './launch.ts';
export { checkReflow, checkTargets } from './layout.ts';
