"""Attempts to get out of the gate, in families. `%SECRET%`, `%NEW%`, … are paths of the house, see `house.fill`."""

from __future__ import annotations

import json

OTHER_COMMANDS = (
    "sh", "/bin/sh", "/bin/sh -i", "bash -i", "bash -c id", "sh -c 'cat %SECRET%'", "-sh", "exec sh", "eval sh",
    "id", "ls %OUTSIDE%", "cat %SECRET%", "head %SECRET%", "cp %SECRET% %NEW%", "touch %NEW%", "dd if=%SECRET%",
    "scp -t %OUTSIDE%", "scp -f %SECRET%", "scp -r -p -d -t .", "rsync --server --sender -vlogDtpre.iLsfxC . %SECRET%",
    "rsync --server -vlogDtpre.iLsfxC . %OUTSIDE%", "/usr/lib/openssh/sftp-server", "internal-sftp", "sftp-server -e",
    "git-upload-pack '%OUTSIDE%'", "git-receive-pack '%OUTSIDE%'", "git-shell", "cvs server", "svnserve -t",
    "python3 -c 'print(1)'", "python -m pdb", "perl -e 1", "env", "printenv", "export -p", "set", "declare -x",
    "sudo -s", "su -", "newgrp", "vi %SECRET%", "vim -c :sh", "nano %SECRET%", "less %SECRET%", "man ls", "top",
    "kill -9 1", "reboot", "passwd", "chsh", "crontab -e", "at now", "tmux", "screen -dm sh", "mosh-server new",
    "nc -l 1", "socat - exec:sh", "curl file://%SECRET%", "wget -O %NEW% x", "ssh localhost", "busybox sh", "awk 1",
    "./helpdesk", "helpdesk", "helpdesk list", "/usr/bin/helpdesk list", "helpdesk_tui", "python -m helpdesk_tui",
    ".", ". %OUTSIDE%/rc.sh", "source %OUTSIDE%/rc.sh", ":", "!!", "\\sh", "$SHELL", "${SHELL}", "$0", "command sh",
    "../../bin/sh", "list/../../bin/sh", "./list", "/list", "cli.main:run", "os:system", "__import__('os')",
)  # fmt: skip
"""Nothing but the verbs is there: each is refused with a sentence."""

TRICKS = (
    "{}; touch %NEW%", "{};touch %NEW%", "{} ; touch %NEW% ;", "{} && touch %NEW%", "{} || touch %NEW%",
    "{} & touch %NEW%", "{} | tee %NEW%", "{} > %NEW%", "{} >> %NEW%", "{} 2> %NEW%", "{} >| %NEW%", "{} < %SECRET%",
    "{} << EOF", "{} <<< x", "{} <(cat %SECRET%)", "{} $(touch %NEW%)", "{} $(cat %SECRET%)", "{} `touch %NEW%`",
    "{} `cat %SECRET%`", '{} "$(touch %NEW%)"', "{}\ntouch %NEW%", "{}\r\ntouch %NEW%", "{}\n\n. %OUTSIDE%/rc.sh",
    "{}${{IFS}}touch${{IFS}}%NEW%", "{} {{a,b}}", "{} ~root", "{} *", "{} %OUTSIDE%/*", "{} ?", "{} [a-z]", "{} !!",
    "{} $HOME", "{} $((1))", "{} \\\ntouch", "{} # touch", "{} ' ; touch %NEW% '", '{} " ; touch %NEW% "', "{} \\; sh",
    "$(touch %NEW%) {}", "`touch %NEW%` {}", "x=1 {}", "PYTHONPATH=%OUTSIDE% {}", "({})", "{{ {}; }}", "! {}",
    "exec {}", "nohup {}", "time -o %NEW% {}", "\n{}\ntouch %NEW%", "{}\x1b]52;c;x\x07", "{}\u2028touch %NEW%",
    "{} @%SECRET%", "{} file://%SECRET%", "{} --", "{} -- --desk %OTHER%", "{} -c 'touch %NEW%'",
)  # fmt: skip
"""What would mean something to a shell, around a verb that is open."""

ODD_WORDS: tuple[bytes, ...] = (
    b"''", b'""', b"'' ''", b"'", b'"', b"\\", b"list '", b'list "', b"list \\", b"'list", b"'li''st", b"--", b"-",
    b"-- --", b"-c", b"-c list", b"-i", b"-m pdb", b"-h", b"-V", b"@/etc/passwd", b"~/x", b"*", b"?", b"LIST",
    b"List", b" \t list --desk x", b"list\x0b", b"list \x07", b"list \x1b[2J",
    b"list \x9b2J", b"list \xff", b"\xff\xfe", b"list \xed\xa0\x80", b"\xef\xbb\xbfshell", b"%s%n%x", b"{}", b"{0}",
    "lіst".encode(), "ｌｉｓｔ".encode(), "list\u202e".encode(), "\u200blist".encode(), "ĺist".encode(),
    "−−desk x".encode(), "–desk x".encode(), b"a" * 99_000, b"a" * 100_001, b"list " + b"'" * 99_001,
    b"list " + b"(" * 30_000, b"list " + b"-" * 90_000, b"a " * 49_000, b"--" + b"a" * 90_000, b"=", b"--=", b"--=x",
)  # fmt: skip
"""Commands that are no command: too long, unfinished, unreadable."""

CLOSED = (
    "--desk %OTHER%", "--desk=%OTHER%", "--desk %OTHER% list", "--desk=%OTHER% list", "list --desk %OTHER%",
    "list --desk=%OTHER%", "list --desk", "list --desk=", "--desk", "list --count --desk %OTHER%",
    "show 1 --desk=%OTHER%", "complete bash --line x --desk %OTHER%", "gate", "gate bob", "gate alice", "gate keys",
    "gate key", "gate key list", "gate key add alice", "gate key remove SHA256:x", "gate --state %OUTSIDE% alice",
    "demo", "demo --fill --tickets 1", "import json %SECRET%", "import csv %SECRET%",
    "import json /dev/stdin", "import log %SECRET% --map %SECRET%", "import csv %SECRET% --map=%SECRET%", "import",
    "export json -o %NEW%", "export json --output %NEW%", "export json --output=%NEW%", "export csv -o=%NEW%",
    "export csv is:open -o %NEW%", "export -o %NEW% csv", "completion bash", "completion zsh", "completion",
    "files 1 --save %OUTSIDE%", "files 1 --save=%OUTSIDE%", "files --save %OUTSIDE% 1", "files 1 --save .",
)  # fmt: skip
"""There for others, closed here: refused with exit code 3 and a sentence that says so."""

NOT_THERE = (
    "--des %OTHER%", "--d %OTHER%", "-d %OTHER%", "--DESK %OTHER%", "--desk\u00a0%OTHER%", "--config %SECRET%",
    "-c %SECRET%", "--state %OUTSIDE%", "list --state %OUTSIDE%", "--url sqlite:///%OTHER%", "list --sav %OUTSIDE%",
    "files 1 --sa %OUTSIDE%", "export json --out %NEW%", "export xml", "export ../json", "list --help=%SECRET%",
    "attach 1 %SECRET%", "attach 1 ~/secret.txt", "attach 1 ./secret.txt secret.txt", "attach 1 secret.txt other.db",
    "attach 1 /dev/stdin", "attach 1 /proc/self/environ", "attach 1 /proc/self/fd/3", "attach 1 /etc/passwd",
    "attach 1 -- %SECRET%", "attach 1 secret.txt sitecustomize.py -", "attach 1 ../outside/secret.txt",
    "attach 1 file://%SECRET%", "attach 1 - -", "attach 1", "attach", "files 1 --get %SECRET%",
    "files 1 --get ../outside/secret.txt", "files 1 --get /proc/self/environ", "files 1 --remove %SECRET%",
    "files %SECRET%", "show %SECRET%", "show 3 --desc", "list --view %SECRET%", "template use %SECRET%",
    "canned use 1 %SECRET%", "config get desk", "config set desk %OTHER%", "config get %SECRET%",
    "add x -o %NEW%", "board import %SECRET%", "label add", "view run x", "backup %NEW%", "restore %SECRET%", "copy %DESK% %NEW%",
    "user import %SECRET%", "user import /dev/stdin", "user import -", "org import x", "undo --step 1 --desk",
    "confirm %SECRET%", "reopen %SECRET%", "rate 1 %SECRET%", "rate %SECRET% 5",
    "doctor --fix", "--ascii demo", "copy x y", "shell", "edit", "open %SECRET%", "sql", "debug", "log", "tick", "mail",
)  # fmt: skip
"""Refused as well: a usage error, or as little to be found as anything else that is not there."""

HARMLESS = (
    "add x --description @%SECRET%", "add x --description %SECRET%", "add x --description /dev/stdin",
    "add x --description file://%SECRET%", "add @%SECRET%", "note 1 @%SECRET%", "note 1 %SECRET%",
    "note 1 '<%SECRET%'", "reply 1 '!include %SECRET%'", "check 1 @%SECRET%", "signature @%SECRET%",
    "signature %SECRET%", "canned add c1 @%SECRET%", "template add t1 @%SECRET% --questions @%SECRET%",
    "template add t2 --steps %SECRET%", "view save v1 'text:%SECRET%'", "label add ../../outside/x",
    "change 1 '+../x'", "change 1 reply:@%SECRET%", "attach 1 %NEW% -", "attach 1 ../../new-file -",
    "attach 1 secret.txt", "attach 1 '|touch new-file' -", "attach 1 '$(touch new-file)'", "list @%SECRET%",
    "list %SECRET%", "export json %SECRET%", "complete bash '--line=helpdesk attach 1 %OUTSIDE%/'",
    "complete bash '--line=helpdesk --desk %OUTSIDE%/'", "complete fish '--line=helpdesk import json %OUTSIDE%/'",
    "--version", "--help", "attach --help", "files --help", "export --help", "complete bash '--line=helpdesk '",
)  # fmt: skip
"""Allowed, because the words mean themselves: no file is read for them and none is written."""

SURROUNDINGS: tuple[tuple[str, str], ...] = (
    ("HOME", "%OUTSIDE%"), ("XDG_CONFIG_HOME", "%OUTSIDE%"), ("XDG_DATA_HOME", "%OUTSIDE%"),
    ("XDG_STATE_HOME", "%OUTSIDE%"), ("XDG_RUNTIME_DIR", "%OUTSIDE%"), ("XDG_CACHE_HOME", "%OUTSIDE%"),
    ("HELPDESK_DESK", "%OTHER%"), ("HELPDESK_DEBUG", "1"), ("HELPDESK_CONFIG", "%SECRET%"), ("TMPDIR", "%OUTSIDE%"),
    ("TEMP", "%OUTSIDE%"), ("SQLITE_TMPDIR", "%OUTSIDE%"), ("SQLITE_HISTORY", "%NEW%"), ("EDITOR", "touch %NEW%"),
    ("VISUAL", "touch %NEW%"), ("PAGER", "touch %NEW%"), ("BROWSER", "touch %NEW% #%s"), ("LESSOPEN", "|touch %NEW%"),
    ("SHELL", "%OUTSIDE%/rc.sh"), ("PATH", "%OUTSIDE%"), ("ENV", "%OUTSIDE%/rc.sh"), ("BASH_ENV", "%OUTSIDE%/rc.sh"),
    ("PROMPT_COMMAND", "touch %NEW%"), ("IFS", "s"), ("USER", "bob"), ("LOGNAME", "bob"), ("USERNAME", "bob"),
    ("SUDO_USER", "bob"), ("SSH_ORIGINAL_USER", "bob"), ("TEXTUAL", "devtools,debug"), ("TEXTUAL_LOG", "%NEW%"),
    ("TEXTUAL_DRIVER", "os:system"), ("TEXTUAL_SCREENSHOT", "0.1"), ("TEXTUAL_SCREENSHOT_LOCATION", "%OUTSIDE%"),
    ("TEXTUAL_PRESS", "q"), ("TEXTUAL_THEME", "x"), ("TERM", "../../outside/x"), ("TERM", "xterm; touch %NEW%"),
    ("TERMINFO", "%OUTSIDE%"), ("TERMINFO_DIRS", "%OUTSIDE%"), ("TERMCAP", "%SECRET%"), ("LANG", "../../outside/x"),
    ("LC_ALL", "%SECRET%"), ("LANGUAGE", "../../outside"), ("LOCPATH", "%OUTSIDE%"), ("NLSPATH", "%OUTSIDE%/%N"),
    ("TZ", ":%SECRET%"), ("TZ", "../../../%SECRET%"), ("TZDIR", "%OUTSIDE%"), ("PYTHONTZPATH", "%OUTSIDE%"),
    ("COLUMNS", "999999"), ("LINES", "-1"), ("NO_COLOR", "\x1b]0;x\x07"), ("COLORTERM", "\x1b]0;x\x07"),
    ("PGPASSFILE", "%SECRET%"), ("PGSERVICEFILE", "%SECRET%"), ("SSL_CERT_FILE", "%SECRET%"), ("SSLKEYLOGFILE", "%NEW%"),
    ("COVERAGE_PROCESS_START", "%SECRET%"), ("DISPLAY", "evil:0"), ("WAYLAND_DISPLAY", "evil"),
    ("SSH_ASKPASS", "touch %NEW%"), ("SSH_AUTH_SOCK", "%OUTSIDE%/agent"), ("MALLOC_TRACE", "%NEW%"),
)  # fmt: skip
"""Variables that lead elsewhere where a program believes them. Each must count for nothing."""

PYTHON = (
    ("PYTHONPATH", "%OUTSIDE%"), ("PYTHONHOME", "%OUTSIDE%"), ("PYTHONSTARTUP", "%OUTSIDE%/sitecustomize.py"),
    ("PYTHONINSPECT", "1"), ("PYTHONUSERBASE", "%OUTSIDE%"), ("PYTHONBREAKPOINT", "os.system"), ("PYTHONPROFILEIMPORTTIME", "1"),
    ("PYTHONPYCACHEPREFIX", "%OUTSIDE%"), ("PYTHONWARNINGS", "error::%SECRET%"), ("PYTHONDUMPREFS", "1"),
)  # fmt: skip
"""The same for what Python itself would believe before a line of the program has run."""


def number() -> int:
    """How many tries there are in these families."""
    tricks = len(TRICKS) * 2
    rest = (OTHER_COMMANDS, ODD_WORDS, CLOSED, NOT_THERE, HARMLESS, SURROUNDINGS, PYTHON)
    return tricks + sum(len({json.dumps(one, default=repr) for one in family}) for family in rest)
