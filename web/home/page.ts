// The front page: three doors and the theme switch.
import '../shared/page.css';
import './page.css';
import { find } from '../shared/dom.js';
import { mountThemeSwitch } from '../shared/theme.js';

mountThemeSwitch(find('#theme'));
