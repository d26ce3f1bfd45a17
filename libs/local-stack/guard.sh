# Outlives the process that feeds it. Lines in: "+ <pid> <farewell signal>" for a child to look after, "- <pid>" for one that has ended.
# When the input ends, so has the feeding process, however it died: every child still on the list is ended with all its descendants.
trap '' HUP INT TERM PIPE

children=' '
while read -r sign pid farewell; do
  case $sign in
    +) children="$children$pid:$farewell " ;;
    -)
      left=' '
      for child in $children; do
        [ "${child%%:*}" = "$pid" ] || left="$left$child "
      done
      children=$left
      ;;
  esac
done

[ "$children" = ' ' ] && exit

# Prints "<pid> <parent pid>" of every process.
processes() {
  if [ ! -r /proc/self/stat ]; then
    ps -A -o pid= -o ppid=
    return
  fi
  for stat in /proc/[0-9]*/stat; do
    read -r line <"$stat" || continue
    pid=${line%% *}
    # shellcheck disable=SC2086
    set -- ${line##*) }
    echo "$pid $2"
  done
}

# Sets $family to the given pids and all that descend from them.
gather() {
  family=" $* "
  grown=yes
  while [ "$grown" = yes ]; do
    grown=no
    while read -r pid parent; do
      case $family in *" $pid "*) continue ;; esac
      case $family in *" $parent "*) family="$family$pid " grown=yes ;; esac
    done <<TABLE
$table
TABLE
  done
}

tell() {
  kill -s "$1" -- "$2" 2>/dev/null
}

# A frozen process hears a farewell only when it goes on.
say_farewell() {
  for child in $polite; do
    tell "${child##*:}" "${child%%:*}"
  done
  for pid in $family; do
    tell CONT "$pid"
  done
}

wait_a_second_at_most() {
  patience=10
  while [ "$patience" -gt 0 ]; do
    for pid in $family; do
      tell 0 "$pid" && sleep 0.1 && patience=$((patience - 1)) && continue 2
    done
    return
  done
}

kill_all() {
  for leader in "$@"; do
    tell KILL "-$leader"
  done
  for pid in $family; do
    tell KILL "$pid"
  done
}

polite='' polite_pids='' other_pids=''
for child in $children; do
  case $child in
    *:KILL) other_pids="$other_pids ${child%:*}" ;;
    *) polite="$polite $child" polite_pids="$polite_pids ${child%:*}" ;;
  esac
done
table=$(processes 2>/dev/null)

# shellcheck disable=SC2086
{
  gather $other_pids
  kill_all $other_pids
  gather $polite_pids
  say_farewell
  wait_a_second_at_most
  kill_all $polite_pids
}
