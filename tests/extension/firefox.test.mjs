import { extensionTests } from './suite.mjs';
import { FirefoxBrowser } from './support.mjs';

extensionTests(FirefoxBrowser);
