/* SPDX-License-Identifier: MIT
 * One case with the isolation of an examiner and nothing else of it: a process in namespaces of its own, a
 * private network, below it the first process of a pid namespace, below that the server, whose listen() comes
 * to the examiner by a seccomp filter. The harness says why it is done so (program/init.c, program/view.c);
 * here it is done with as few calls as it takes. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#endif

#define PORT_TEXT "7000"
enum { PORT = 7000, ORDINARY_USER = 62111 };

static void write_file(const char *path, const char *text)
{
    int fd = (int)bench_check(open(path, O_WRONLY | O_CLOEXEC), path);
    bench_check(write(fd, text, strlen(text)), path);
    (void)close(fd);
}

static void become_ordinary(void)
{
    if (geteuid() != 0)
        return;
    bench_check(setgroups(0, NULL), "setgroups");
    bench_check(setresgid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER), "setresgid");
    bench_check(setresuid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER), "setresuid");
    bench_check(prctl(PR_SET_DUMPABLE, 1), "prctl");
}

static void enter_namespaces(void)
{
    char users[64], groups[64];
    (void)snprintf(users, sizeof users, "%u %u 1", (unsigned)geteuid(), (unsigned)geteuid());
    (void)snprintf(groups, sizeof groups, "%u %u 1", (unsigned)getegid(), (unsigned)getegid());
    bench_check(unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS),
                "unshare");
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", users);
    write_file("/proc/self/gid_map", groups);
    bench_check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "make the mounts private");
    bench_check(sethostname("student", strlen("student")), "sethostname");
}

static void raise_network(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int fd = (int)bench_check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    bench_check(ioctl(fd, SIOCSIFFLAGS, &request), "bring up the loopback device");
    (void)close(fd);
    write_file("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
}

static int install_filter(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_listen, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &program);
}

static _Noreturn void become_server(int *shared_listener)
{
    char *argv[] = {"./server", "127.0.0.1", PORT_TEXT, NULL};
    char *environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", NULL};
    bench_check(setsid(), "setsid");
    bench_check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
    *shared_listener = install_filter();
    (void)execve(argv[0], argv, environment);
    _exit(127);
}

/* The room for a message that carries one descriptor. */
struct parcel {
    char byte;
    _Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
    struct iovec part;
    struct msghdr message;
};

static struct msghdr *wrap(struct parcel *parcel)
{
    parcel->part = (struct iovec){.iov_base = &parcel->byte, .iov_len = 1};
    parcel->message = (struct msghdr){.msg_iov = &parcel->part,
                                      .msg_iovlen = 1,
                                      .msg_control = parcel->room,
                                      .msg_controllen = sizeof parcel->room};
    return &parcel->message;
}

static _Noreturn void run_init(int control)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    int *listener =
        mmap(NULL, sizeof *listener, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bench_view_enter();
    /* The listener that it opens is a descriptor of ours too, and it is executed before we go on. */
    long program = syscall(SYS_clone, CLONE_FILES | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);
    if (program == 0)
        become_server(listener);
    bench_check(program, "fork");
    bench_check(*listener, "install the seccomp filter");
    struct parcel parcel = {0};
    struct msghdr *message = wrap(&parcel);
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    *header = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof *listener)};
    memcpy(CMSG_DATA(header), listener, sizeof *listener);
    bench_check(sendmsg(control, message, MSG_NOSIGNAL), "sendmsg");
    (void)close(*listener);
    while (wait(NULL) > 0) {
    }
    _exit(1);
}

static int receive_listener(int control)
{
    struct parcel parcel = {0};
    struct msghdr *message = wrap(&parcel);
    int listener;
    if (recvmsg(control, message, MSG_CMSG_CLOEXEC) != 1 || !CMSG_FIRSTHDR(message))
        bench_die("the first process of the namespace has ended");
    memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(message)), sizeof listener);
    return listener;
}

/* Makes the server's listen() for it: the socket listens before the server knows. */
static void await_listen(int listener)
{
    struct seccomp_notif call = {0};
    bench_check(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call), "SECCOMP_IOCTL_NOTIF_RECV");
    int process = (int)bench_check(syscall(SYS_pidfd_open, call.pid, 0), "pidfd_open");
    int fd = (int)bench_check(syscall(SYS_pidfd_getfd, process, (int)call.data.args[0], 0),
                              "pidfd_getfd");
    bench_check(listen(fd, (int)call.data.args[1]), "listen");
    struct seccomp_notif_resp answer = {.id = call.id};
    bench_check(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer), "SECCOMP_IOCTL_NOTIF_SEND");
    (void)close(fd);
    (void)close(process);
}

static _Noreturn void examine(const struct bench_server *server, struct bench_moments *shared)
{
    int control[2];
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    become_ordinary();
    enter_namespaces();
    raise_network();
    shared->begun = bench_now();
    bench_view_build(server);
    bench_check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control), "socketpair");
    long init = syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | SIGCHLD, 0, 0, 0, 0);
    if (init == 0)
        run_init(control[1]);
    bench_check(init, "clone");
    (void)close(control[1]);
    int listener = receive_listener(control[0]);
    shared->started = bench_now();
    await_listen(listener);
    shared->listening = bench_now();
    bench_converse((int)bench_check(bench_connect(PORT), "connect"));
    shared->played = bench_now();
    bench_check(kill((pid_t)init, SIGKILL), "kill");
    bench_check(waitpid((pid_t)init, NULL, 0), "waitpid");
    _exit(0);
}

void bench_isolated(const struct bench_server *server, struct bench_moments *shared)
{
    int status;
    pid_t examiner = fork();
    if (examiner == 0)
        examine(server, shared);
    bench_check(examiner, "fork");
    bench_check(waitpid(examiner, &status, 0), "waitpid");
    errno = ECHILD;
    bench_check(status ? -1 : 0, "the examiner has failed");
}
