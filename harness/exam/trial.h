/* SPDX-License-Identifier: MIT
 * Runs of a case that do not count, each in a process and a network of its own. */
#ifndef SG_EXAM_TRIAL_H
#define SG_EXAM_TRIAL_H

#include "diagnose/evidence.h"
#include "exam/request.h"
#include "wire/address.h"

/* What a trial run of a case shows of how its judged program wants to be started. */
struct sg_observation {
    bool exceeded; /* it went beyond a limit: another form would not help */
    bool ran;      /* else the machine failed: `text` */
    bool listened, connected, message_right, fed;
    bool played;               /* all of the case came out right */
    uint16_t given_port, port; /* the one it was given; the one it listened on or connected to */
    bool host_given;           /* it connected to the address that it was given */
    bool fell;                 /* a signal of its own doing ended it */
    size_t received;           /* bytes of its message */
    uint64_t received_hash;
    char host[SG_ADDRESS_TEXT]; /* the address that it connected to, or the socket file */
    char given_host[SG_ADDRESS_TEXT];
    char text[256];
};

/* Starts the judged program of request->one (a server: until it listens; a client: for all of the
 * play) and tells what it did. Blocks until that is known. */
void sg_observe(const struct sg_exam_request *request, struct sg_observation *ret);

/* How a case went that was played again. */
struct sg_probe_answer {
    bool ran; /* else the machine failed */
    bool failed;
    bool busy;                  /* … because it used its processor time up */
    const struct sg_step *step; /* where it failed */
    int killed_by;              /* TRACED: the signal that ended a process; 0: none */
    struct sg_where fell;       /* … and where that was; line 0: not known */
    struct sg_where
        faulted[SG_MOST_PLACES]; /* TRACED: where the first calls were interfered with */
};

/* Plays request->one, changed as request->probe says, in a process and a network of its own.
 * Blocks until that is over. */
void sg_play_again(const struct sg_exam_request *request, struct sg_probe_answer *ret);

#endif
