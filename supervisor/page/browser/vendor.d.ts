/** The library as the server of the page hands it out. */
declare module '*/vendor/uplot.js' {
  import uPlot from 'uplot';

  export default uPlot;
}
