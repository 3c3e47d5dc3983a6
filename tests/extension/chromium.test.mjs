import { extensionTests } from './suite.mjs';
import { ChromiumBrowser } from './support.mjs';

extensionTests(ChromiumBrowser);
