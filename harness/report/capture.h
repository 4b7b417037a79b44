/* SPDX-License-Identifier: MIT
 * The conversation of a case as a capture that Wireshark and tshark read. */
#ifndef SG_REPORT_CAPTURE_H
#define SG_REPORT_CAPTURE_H

#include "result/result.h"

/* Appends `result`'s transcript as a pcapng file (draft-ietf-opsawg-pcapng): its connections and
 * datagrams as packets over loopback, all that is no packet (starts, faults, waits, output, ends)
 * as comments of the packet that follows. It is made from the transcript, so it is the same in
 * every run, times apart: each event of data is one run of segments, and ports of clients and
 * sequence numbers are made up. Holds as many bytes as the transcript does:
 * sg_grading.keeps_bytes. */
void sg_write_capture(const struct sg_case_result *result, struct sg_bytes *out);

#endif
