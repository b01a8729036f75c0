import { readAlerts } from '../../../deploy/checks/monitoring.ts';
import { ALERT_FAULTS } from './alert-faults.ts';

describe('The drill of alerts', () => {
  it('knows a fault for each alert, and none for what is no alert', () => {
    expect(Object.keys(ALERT_FAULTS).sort()).toEqual(
      readAlerts()
        .map(({ alert }) => alert)
        .sort(),
    );
  });
});
