import type { Dashboard } from './read-slo.ts';

const [columns, panelHeight] = [2, 8];

/** A dashboard as Grafana keeps it. Prometheus is chosen by the variable `datasource`, so that it fits any Grafana. */
export function grafanaDashboard({ name, title, panels }: Dashboard) {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  return {
    uid: `marquee-${name}`,
    title,
    tags: ['marquee'],
    timezone: 'utc',
    editable: false,
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' }],
    },
    panels: panels.map((panel, place) => ({
      id: place + 1,
      type: 'timeseries',
      title: panel.title,
      datasource,
      gridPos: {
        x: (place % columns) * (24 / columns),
        y: Math.floor(place / columns) * panelHeight,
        w: 24 / columns,
        h: panelHeight,
      },
      fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
      options: {
        legend: { displayMode: 'list', placement: 'bottom' },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
      targets: panel.queries.map(({ expr, legend }, query) => ({
        refId: String.fromCodePoint(65 + query),
        datasource,
        expr,
        legendFormat: legend,
      })),
    })),
  };
}
