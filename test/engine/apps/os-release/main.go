// Says on which system it runs.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	file, err := os.Open("/etc/os-release")
	if err != nil {
		fmt.Println("nowhere:", err)
		os.Exit(1)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, found := strings.CutPrefix(lines.Text(), "VERSION_CODENAME="); found {
			fmt.Println("on", name)
		}
	}
}
