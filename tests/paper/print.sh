# Printing with Chromium, and reading what was printed. Sourced; needs $program,
# $work, $out and fail.

chromium=${CHROMIUM:-chromium}

# Prints a page to $out/NAME.pdf.
print() { # FILE NAME
    "$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --user-data-dir="$work/chromium" --print-to-pdf="$out/$2.pdf" "file://$1" >/dev/null 2>&1 ||
        fail "Chromium does not print $2"
}

# Texts of the symbols on the pages of $out/NAME.pdf that stand left of words
# like PATTERN (an extended regular expression), sorted, each once.
symbols() { # NAME PATTERN
    local pieces=$work/pieces-$1
    rm -rf "$pieces"
    mkdir -p "$pieces"
    pdftoppm -r 130 -gray -png "$out/$1.pdf" "$pieces/page"
    pdftotext -bbox "$out/$1.pdf" "$pieces/words.html"
    # Page and height, in dots, of every such word right of the symbols.
    awk -v pattern="$2" '
        function value(name) { match($0, name "=\"[-0-9.]+\""); return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 }
        /<page / { page++ }
        /<word / {
            word = $0; gsub(/<[^>]*>| +$|^ +/, "", word)
            if (word ~ pattern && value("xMin") > 140 && value("xMin") < 200) print page, int(value("yMin") * 130 / 72)
        }' "$pieces/words.html" |
        while read -r page y; do
            local top=$((y > 130 ? y - 130 : 0))
            # However many digits the pages are numbered with.
            local picture
            picture=$(printf '%s\n' "$pieces"/page-*.png | sed -n "${page}p")
            convert "$picture" -crop "300x420+40+$top" +repage "$pieces/at-$page-$y.png"
        done
    rm -f "$pieces"/page-*.png
    "$program" --json decode "$pieces" 2>/dev/null | grep -oE '"text":"[^"]*"' | sed 's/"text":"//; s/"$//' | sort -u
}

# No word of a PDF stands outside its page, less the smallest margin of printers.
inside() { # PDF
    pdftotext -bbox "$1" "$work/words.html"
    awk -v pdf="$1" '
        function value(name,   at) { at = match($0, name "=\"[-0-9.]+\""); return at ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 : -1 }
        /<page / { width = value("width"); height = value("height") }
        /<word / {
            words++
            if (value("xMin") < 11 || value("xMax") > width - 11 || value("yMin") < 11 || value("yMax") > height - 11) { print pdf ": outside the page: " $0; bad = 1 }
        }
        END { if (!words) { print pdf ": no words"; bad = 1 } exit bad }' "$work/words.html" || fail "text outside the page"
}
