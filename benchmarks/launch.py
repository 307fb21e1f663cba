"""Run one command and print what the operating system accounts for it: processor seconds, peak memory in the unit it
has for that, exit status. (Unix.)

A process begins with the peak of the one that starts it, so this one imports nothing and stays smaller than any."""

import os
import sys


def main() -> None:
    """Run the command behind the name of the file that takes what it prints."""
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    said = [(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)]
    process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=said)
    _, status, used = os.wait4(process, 0)
    figures = used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status)
    os.write(1, " ".join(map(str, figures)).encode())


if __name__ == "__main__":
    main()
