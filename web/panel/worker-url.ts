// Where the worker lies. The build of the package puts another module in this one's place (vite.panel.config.ts).
import url from './worker.js?worker&url';

export default url;
