/** What each permission lets a person or a program do, in the words of the trade. */
export const permissions = {
  inventory_read: 'See products, pieces and where they are',
  inventory_write: 'Retire pieces',
  planning_read: 'See events and pull lists',
  planning_extend: 'Put what is missing on a pull list while scanning',
  planning_write: 'Plan events and pull lists',
  scanning_read: 'See scans, conflicts and stocktakes',
  scanning_write: 'Scan, pack, load and count',
  maintenance_write: 'Repair, inspect and release pieces',
  stocktakes_approve: 'Approve stocktakes',
  devices_read: 'See devices',
  devices_manage: 'Look after devices and what did not arrive',
  users_manage: 'Invite people and say what they may do',
  settings_manage: 'Change what the company has set',
  api_keys_manage: 'Make keys for programs',
  audit_read: 'Read who changed what',
};
