// Greets in every language that LANGUAGES names, with what it finds in ./texts.
package main

import (
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		panic(err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		panic(err)
	}
	fmt.Println("at", time.Unix(0, 0).In(zone).Format("15:04 MST"), "trusting nobody:", pool.Equal(x509.NewCertPool()))
	for _, language := range strings.Split(os.Getenv("LANGUAGES"), ",") {
		text := template.Must(template.ParseFiles(filepath.Join("texts", language+".tmpl")))
		if err := text.Execute(os.Stdout, os.Args[1:]); err != nil {
			panic(err)
		}
	}
}
