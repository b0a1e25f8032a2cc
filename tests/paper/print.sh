# Printing with Chromium, and reading what was printed. Sourced; needs $program,
# $work, $out and fail.

chromium=${CHROMIUM:-chromium}

# Prints a page to $out/NAME.pdf.
print() { # FILE NAME
    "$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --user-data-dir="$work/chromium" --print-to-pdf="$out/$2.pdf" "file://$1" >/dev/null 2>&1 ||
        fail "Chromium does not print $2"
}

# Cuts the pages of $out/NAME.pdf into FOLDER: a picture of what stands left of
# every word like PATTERN (an extended regular expression), called PAGE-Y-WORD.
cut() { # NAME PATTERN FOLDER
    local pages=$work/pages-$1
    rm -rf "$pages" "$3"
    mkdir -p "$pages" "$3"
    pdftoppm -r 130 -gray -png "$out/$1.pdf" "$pages/page"
    pdftotext -bbox "$out/$1.pdf" "$pages/words.html"
    # Page, height in dots, and word, of what stands right of the symbols.
    awk -v pattern="$2" '
        function value(name) { match($0, name "=\"[-0-9.]+\""); return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 }
        /<page / { page++ }
        /<word / {
            word = $0; gsub(/<[^>]*>| +$|^ +/, "", word)
            if (word ~ pattern && value("xMin") > 140 && value("xMin") < 200) print page, int(value("yMin") * 130 / 72), word
        }' "$pages/words.html" |
        while read -r page y word; do
            local top=$((y > 130 ? y - 130 : 0))
            # However many digits the pages are numbered with.
            local picture
            picture=$(printf '%s\n' "$pages"/page-*.png | sed -n "${page}p")
            convert "$picture" -crop "300x420+40+$top" +repage "$3/$page-$y-${word//[^[:alnum:]-]/}.png"
        done
    rm -rf "$pages"
}

# Texts of these symbols, sorted, each once.
symbols() { # NAME PATTERN
    cut "$1" "$2" "$work/pieces-$1"
    "$program" --json decode "$work/pieces-$1" 2>/dev/null | grep -oE '"text":"[^"]*"' | sed 's/"text":"//; s/"$//' | sort -u
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
