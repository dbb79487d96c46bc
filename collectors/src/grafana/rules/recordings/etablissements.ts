import { promql } from '../promql.ts'
import type { RecordingGroup } from '../rule.ts'

const PLACE = 'academie, departement, uai'
const AT = 'academie="98",departement="991",uai="0990001N"'

const REAL_FILESYSTEM =
  'uai!="",fstype!~"tmpfs|devtmpfs|ramfs|overlay|squashfs|iso9660|udf|nsfs|autofs|fuse.*|proc|sysfs|cgroup.*"'
const REAL_DEVICE = 'uai!="",device!~"lo|veth.*|docker.*|br-.*|virbr.*|tun.*|tap.*|wg.*|cni.*|dummy.*"'

/** `node_network_speed_bytes` is what the link was negotiated at; -1 where the driver does not tell: those are left out. */
const throughput = (direction: 'receive' | 'transmit') =>
  `rate(node_network_${direction}_bytes_total{${REAL_DEVICE}}[5m]) / (node_network_speed_bytes > 0)`

/** The same from a router or a switch read by SNMP (IF-MIB; the speed is in millions of bits per second). */
const octets = (direction: 'In' | 'Out') =>
  `rate(ifHC${direction}Octets{job="vigie-snmp",uai!=""}[5m]) * 8 / (ifHighSpeed > 0) / 1e6`

/** Disk and bandwidth of an establishment (CARINE MCO-SEI-1): the fullest filesystem, the busiest link. */
export const etablissements: RecordingGroup = {
  name: 'vigie-mesures-etablissements',
  interval: '30s',
  rules: [
    {
      record: 'etablissement:disk_free:ratio',
      expr: promql`
        min by (${PLACE}) (
          node_filesystem_avail_bytes{${REAL_FILESYSTEM}}
          / (node_filesystem_size_bytes > 0)
        )
      `,
      cases: [
        {
          name: 'the fullest of two disks; memory does not count',
          interval: '30s',
          series: {
            [`node_filesystem_avail_bytes{${AT},instance="a",mountpoint="/",fstype="ext4"}`]: '50x20',
            [`node_filesystem_size_bytes{${AT},instance="a",mountpoint="/",fstype="ext4"}`]: '100x20',
            [`node_filesystem_avail_bytes{${AT},instance="b",mountpoint="/srv",fstype="xfs"}`]: '25x20',
            [`node_filesystem_size_bytes{${AT},instance="b",mountpoint="/srv",fstype="xfs"}`]: '100x20',
            [`node_filesystem_avail_bytes{${AT},instance="b",mountpoint="/run",fstype="tmpfs"}`]: '1x20',
            [`node_filesystem_size_bytes{${AT},instance="b",mountpoint="/run",fstype="tmpfs"}`]: '100x20',
          },
          at: '5m',
          samples: [{ labels: `{${AT}}`, value: 0.25 }],
        },
      ],
    },
    {
      record: 'etablissement:bandwidth_saturation:ratio',
      expr: promql`
        max by (${PLACE}) (
          ${throughput('receive')}
          or ${throughput('transmit')}
          or ${octets('In')}
          or ${octets('Out')}
        )
      `,
      cases: [
        {
          name: 'the busiest link and direction; the loopback and a link of unknown speed do not count',
          interval: '1m',
          series: {
            [`node_network_receive_bytes_total{${AT},instance="a",device="eth0"}`]: '0+3000x20',
            [`node_network_speed_bytes{${AT},instance="a",device="eth0"}`]: '200x20',
            [`node_network_receive_bytes_total{${AT},instance="a",device="eth1"}`]: '0+60000x20',
            [`node_network_speed_bytes{${AT},instance="a",device="eth1"}`]: '-1x20',
            [`node_network_receive_bytes_total{${AT},instance="a",device="lo"}`]: '0+60000x20',
            [`node_network_speed_bytes{${AT},instance="a",device="lo"}`]: '200x20',
          },
          at: '15m',
          query: 'round(etablissement:bandwidth_saturation:ratio, 0.01)',
          samples: [{ labels: `{${AT}}`, value: 0.25 }],
        },
        {
          name: 'the router’s uplink, as SNMP tells it',
          interval: '1m',
          series: {
            [`ifHCOutOctets{job="vigie-snmp",${AT},instance="r",ifIndex="1"}`]: '0+375000000x20',
            [`ifHighSpeed{job="vigie-snmp",${AT},instance="r",ifIndex="1"}`]: '100x20',
          },
          at: '15m',
          query: 'round(etablissement:bandwidth_saturation:ratio, 0.01)',
          samples: [{ labels: `{${AT}}`, value: 0.5 }],
        },
      ],
    },
  ],
}
