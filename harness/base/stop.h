/* SPDX-License-Identifier: MIT
 * Being asked to stop (Ctrl-C, SIGTERM, a terminal that goes away), as a fact that is looked at
 * where a process can let go of what it holds.
 *
 * The signals stay blocked and pending: the kernel keeps the fact, no handler and no variable does.
 * Children inherit the blocking and so leave it to their parent to end them. */
#ifndef SG_BASE_STOP_H
#define SG_BASE_STOP_H

/* From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT do not end this process; those that it was
 * started with ignored (nohup) stay ignored. */
void sg_stop_defer(void);
/* The signal that asked to stop; 0: none has. */
int sg_stop_asked(void);
/* A descriptor that is readable once a stop was asked for, to be polled and not read; -1 where
 * there is none to be had, which poll() takes for never. The caller closes it. */
int sg_stop_open(void);
/* Ends this process by the signal that asked for it, if one has. */
void sg_stop_obey(void);

#endif
