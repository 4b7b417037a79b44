# echo server dengan event loop
proc terima {chan addr port} {
    fconfigure $chan -blocking 0 -translation binary -buffering none
    fileevent $chan readable [list baca $chan]
}

proc baca {chan} {
    if {[catch {read $chan 4096} data] || ($data eq "" && [eof $chan])} {
        catch {close $chan}
        return
    }
    if {$data eq ""} return
    fconfigure $chan -blocking 1
    if {[catch {puts -nonewline $chan $data}]} {
        catch {close $chan}
        return
    }
    fconfigure $chan -blocking 0
}

lassign $argv host port
socket -server terima -myaddr 0.0.0.0 $port
vwait selamanya
