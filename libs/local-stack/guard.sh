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

family=' '
for child in $children; do
  family="$family${child%%:*} "
done
table=$(processes 2>/dev/null)

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

patience=0
for child in $children; do
  kill -s "${child##*:}" "${child%%:*}" 2>/dev/null
  [ "${child##*:}" = KILL ] || patience=1
done
for pid in $family; do
  kill -s CONT "$pid" 2>/dev/null
done
sleep "$patience"
for child in $children; do
  kill -s KILL -- "-${child%%:*}" 2>/dev/null
done
for pid in $family; do
  kill -s KILL "$pid" 2>/dev/null
done
