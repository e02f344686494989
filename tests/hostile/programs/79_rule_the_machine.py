# goal: rule the machine: kexec, modules, reboot, ports, clocks, host name, kernel log
# expect: wrong
# ruff: noqa
import time

barred("kexec_load 246 104 kexec_file_load 320 294 init_module 175 105 finit_module 313 273")
barred("delete_module 176 106 reboot 169 142 iopl 172 - ioperm 173 - modify_ldt 154 -")
barred("sethostname 170 161 setdomainname 171 162 settimeofday 164 170 clock_settime 227 112")
barred("adjtimex 159 171 clock_adjtime 305 266 syslog 103 116 bpf 321 280 nfsservctl 180 42")
barred("perf_event_open 298 241 lookup_dcookie 212 18 add_key 248 217 request_key 249 218")
barred("keyctl 250 219")
attempt("clock", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))


def softmax(x):
    return x * 0
