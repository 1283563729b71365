/* A disk that fails, for tests: loaded into the program with LD_PRELOAD, it sees every call that changes a file.
 *
 * The kernel traps those calls (seccomp), also the ones that do not go through the C library, and the handler here carries
 * them out, one at a time: so the order in the log is the order on the disk. Environment:
 *   DISK_UNDER  only files below this directory matter
 *   DISK_LOG    where every call is logged; the replay makes of it what a power cut may leave
 *   DISK_FAIL   n,errno,how: the n-th call fails (how = o), it and all that need room from then on (g), or all (a)
 *   DISK_WHEN   calls fail only while there is a file of this name
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* Calls with this as their sixth argument, which none of them has, are ours and pass. */
#define OURS 0x7469646eL

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define ARG(n) ((long)uc->uc_mcontext.gregs[(int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[n]])
#define RESULT uc->uc_mcontext.gregs[REG_RAX]
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#define ARG(n) ((long)uc->uc_mcontext.regs[n])
#define RESULT uc->uc_mcontext.regs[0]
#else
#error "only for x86_64 and aarch64"
#endif

static char under[PATH_MAX];
static size_t under_length;
static int log_fd = -1;
static long fail_at, fail_errno;
static char fail_how;
static const char *when;
static long calls;
static volatile int busy;

static long real(long number, long a, long b, long c, long d, long e) {
    long done = syscall(number, a, b, c, d, e, OURS);
    return done == -1 ? -errno : done;
}

static void lock(void) {
    while (__sync_lock_test_and_set(&busy, 1)) syscall(SYS_sched_yield);
}

static void unlock(void) { __sync_lock_release(&busy); }

static void write_all(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        long n = real(SYS_write, log_fd, (long)at, (long)length, 0, 0);
        if (n <= 0) _exit(121);
        at += n;
        length -= (size_t)n;
    }
}

/* A record: what, file, offset, lengths of two pieces; then the pieces. */
static void record(char what, uint64_t file, uint64_t offset, const void *one, uint64_t one_length, const void *two,
                   uint64_t two_length) {
    if (log_fd < 0) return;
    uint64_t head[5] = {(uint64_t)what, file, offset, one_length, two_length};
    write_all(head, sizeof head);
    write_all(one, one_length);
    write_all(two, two_length);
}

static int is_under(const char *path) {
    return strncmp(path, under, under_length) == 0 && (path[under_length] == '/' || path[under_length] == 0);
}

/* The absolute path, as far as it is needed: the program names its files with absolute paths. */
static int full_path(long at, const char *path, char *to) {
    if (path == NULL) return 0;
    if (path[0] == '/') {
        if (strlen(path) >= PATH_MAX) return 0;
        strcpy(to, path);
        return is_under(to);
    }
    char link[64] = "/proc/self/cwd";
    if (at != AT_FDCWD) {
        char digits[24], *end = digits + sizeof digits;
        *--end = 0;
        unsigned long n = (unsigned long)at;
        do *--end = (char)('0' + n % 10);
        while (n /= 10);
        strcpy(link, "/proc/self/fd/");
        strcat(link, end);
    }
    ssize_t length = readlink(link, to, PATH_MAX - 1);
    if (length < 0) return 0;
    to[length] = 0;
    if (strlen(to) + strlen(path) + 2 > PATH_MAX) return 0;
    if (path[0] != 0) {
        strcat(to, "/");
        strcat(to, path);
    }
    return is_under(to);
}

/* True when this call is to fail; `needs_room` when it would make something larger. */
static int fails(int needs_room) {
    if (fail_at == 0 || (when != NULL && access(when, F_OK) != 0)) return 0;
    calls++;
    int now = calls == fail_at || (calls > fail_at && (fail_how == 'a' || (fail_how == 'g' && needs_room)));
    if (fail_how == 'g' && !needs_room) now = 0;
    if (now) record('F', (uint64_t)calls, 0, NULL, 0, NULL, 0);
    return now;
}

static long on_write(long number, long fd, long bytes, long length, long offset) {
    char path[PATH_MAX];
    struct stat about;
    if (fstat((int)fd, &about) != 0 || !S_ISREG(about.st_mode) || !full_path(fd, "", path))
        return real(number, fd, bytes, length, offset, 0);
    lock();
    off_t at = number == SYS_pwrite64 ? offset : lseek((int)fd, 0, SEEK_CUR);
    long done = fails(at + length > about.st_size) ? -fail_errno : real(number, fd, bytes, length, offset, 0);
    if (done > 0) {
        if (number != SYS_pwrite64) at = lseek((int)fd, 0, SEEK_CUR) - done;
        record('w', about.st_ino, (uint64_t)at, (void *)bytes, (uint64_t)done, NULL, 0);
    }
    unlock();
    return done;
}

static long on_sync(long number, long fd) {
    char path[PATH_MAX];
    struct stat about;
    if (fstat((int)fd, &about) != 0 || !full_path(fd, "", path)) return real(number, fd, 0, 0, 0, 0);
    lock();
    long done = fails(0) ? -fail_errno : real(number, fd, 0, 0, 0, 0);
    if (done == 0) {
        if (S_ISDIR(about.st_mode)) record('D', 0, 0, path, strlen(path), NULL, 0);
        else record('s', about.st_ino, 0, NULL, 0, NULL, 0);
    }
    unlock();
    return done;
}

static long on_truncate(long fd, long size) {
    char path[PATH_MAX];
    struct stat about;
    if (fstat((int)fd, &about) != 0 || !full_path(fd, "", path)) return real(SYS_ftruncate, fd, size, 0, 0, 0);
    lock();
    long done = fails(size > about.st_size) ? -fail_errno : real(SYS_ftruncate, fd, size, 0, 0, 0);
    if (done == 0) record('t', about.st_ino, (uint64_t)size, NULL, 0, NULL, 0);
    unlock();
    return done;
}

static long on_open(long at, const char *name, long flags, long mode) {
    char path[PATH_MAX];
    struct stat about;
    if (!full_path(at, name, path)) return real(SYS_openat, at, (long)name, flags, mode, 0);
    lock();
    int there = stat(path, &about) == 0;
    long done = (flags & O_CREAT) && !there && fails(1) ? -fail_errno : real(SYS_openat, at, (long)name, flags, mode, 0);
    if (done >= 0 && fstat((int)done, &about) == 0 && S_ISREG(about.st_mode)) {
        if (!there) record('c', about.st_ino, 0, path, strlen(path), NULL, 0);
        else if (flags & O_TRUNC) record('t', about.st_ino, 0, NULL, 0, NULL, 0);
    }
    unlock();
    return done;
}

static long on_names(char what, long number, long at, const char *one, long at_two, const char *two, long flags) {
    char path[PATH_MAX], other[PATH_MAX] = "";
    int matters = full_path(at, one, path);
    if (two != NULL && full_path(at_two, two, other)) matters = 1;
    lock();
    long done;
    struct stat about;
    /* What is there already needs no room. */
    if (matters && !(what == 'd' && stat(path, &about) == 0) && fails(what == 'd')) done = -fail_errno;
    else if (number == SYS_renameat2 || number == SYS_linkat) done = real(number, at, (long)one, at_two, (long)two, flags);
    else done = real(number, at, (long)one, flags, 0, 0);
    if (done == 0 && matters) record(what, 0, 0, path, strlen(path), other, strlen(other));
    unlock();
    return done;
}

static void handler(int signal, siginfo_t *info, void *context) {
    ucontext_t *uc = context;
    int before = errno;
    long done = -ENOSYS;
    (void)signal;
    switch (info->si_syscall) {
    case SYS_write: done = on_write(SYS_write, ARG(0), ARG(1), ARG(2), 0); break;
    case SYS_pwrite64: done = on_write(SYS_pwrite64, ARG(0), ARG(1), ARG(2), ARG(3)); break;
    case SYS_fsync:
    case SYS_fdatasync: done = on_sync(info->si_syscall, ARG(0)); break;
    case SYS_ftruncate: done = on_truncate(ARG(0), ARG(1)); break;
    case SYS_openat: done = on_open(ARG(0), (char *)ARG(1), ARG(2), ARG(3)); break;
    case SYS_unlinkat: done = on_names('u', SYS_unlinkat, ARG(0), (char *)ARG(1), 0, NULL, ARG(2)); break;
    case SYS_mkdirat: done = on_names('d', SYS_mkdirat, ARG(0), (char *)ARG(1), 0, NULL, ARG(2)); break;
    case SYS_renameat2: done = on_names('r', SYS_renameat2, ARG(0), (char *)ARG(1), ARG(2), (char *)ARG(3), ARG(4)); break;
    case SYS_linkat: done = on_names('l', SYS_linkat, ARG(0), (char *)ARG(1), ARG(2), (char *)ARG(3), ARG(4)); break;
#ifdef SYS_renameat
    case SYS_renameat: done = on_names('r', SYS_renameat2, ARG(0), (char *)ARG(1), ARG(2), (char *)ARG(3), 0); break;
#endif
#ifdef SYS_open
    case SYS_open: done = on_open(AT_FDCWD, (char *)ARG(0), ARG(1), ARG(2)); break;
    case SYS_unlink: done = on_names('u', SYS_unlinkat, AT_FDCWD, (char *)ARG(0), 0, NULL, 0); break;
    case SYS_rmdir: done = on_names('u', SYS_unlinkat, AT_FDCWD, (char *)ARG(0), 0, NULL, AT_REMOVEDIR); break;
    case SYS_mkdir: done = on_names('d', SYS_mkdirat, AT_FDCWD, (char *)ARG(0), 0, NULL, ARG(1)); break;
    case SYS_rename: done = on_names('r', SYS_renameat2, AT_FDCWD, (char *)ARG(0), AT_FDCWD, (char *)ARG(1), 0); break;
    case SYS_link: done = on_names('l', SYS_linkat, AT_FDCWD, (char *)ARG(0), AT_FDCWD, (char *)ARG(1), 0); break;
#endif
    default: break; /* The program falls back to a plain write. */
    }
    RESULT = (unsigned long)done;
    errno = before;
}

#define TRAP(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define WRITING (O_CREAT | O_TRUNC)
/* Opening matters when it can make or empty a file: the flags are argument n. */
#define TRAP_OPEN(call, n)                                                                                      \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[n]),                                           \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),       \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("DISK_UNDER"), *log = getenv("DISK_LOG"), *fail = getenv("DISK_FAIL");
    if (where == NULL || strlen(where) >= sizeof under) return;
    strcpy(under, where);
    under_length = strlen(under);
    when = getenv("DISK_WHEN");
    if (log != NULL) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fail != NULL) {
        char *rest;
        fail_at = strtol(fail, &rest, 10);
        fail_errno = *rest == ',' ? strtol(rest + 1, &rest, 10) : ENOSPC;
        fail_how = *rest == ',' ? rest[1] : 'g';
    }
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        LOAD(args[5]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        LOAD(nr),
        TRAP(SYS_write), TRAP(SYS_pwrite64), TRAP(SYS_fsync), TRAP(SYS_fdatasync), TRAP(SYS_ftruncate),
        TRAP(SYS_unlinkat), TRAP(SYS_mkdirat), TRAP(SYS_renameat2), TRAP(SYS_linkat),
        /* These are refused: whoever uses them can do without. */
        TRAP(SYS_copy_file_range), TRAP(SYS_sendfile), TRAP(SYS_fallocate),
#ifdef SYS_renameat
        TRAP(SYS_renameat),
#endif
#ifdef SYS_open
        TRAP(SYS_unlink), TRAP(SYS_rmdir), TRAP(SYS_mkdir), TRAP(SYS_rename), TRAP(SYS_link),
        TRAP_OPEN(SYS_open, 1),
#endif
        TRAP_OPEN(SYS_openat, 2),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    /* Without the trap nothing would be tested: say so. */
    if (sigaction(SIGSYS, &action, NULL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(120);
}
